using System.Globalization;

namespace ServerlessBlog.Benchmarks;

/// <summary>The cost of one operation.</summary>
/// <param name="Milliseconds">The elapsed time.</param>
/// <param name="OwnMilliseconds">The part of the elapsed time in which no storage call was pending.</param>
/// <param name="Bytes">The bytes that the whole process allocated.</param>
/// <param name="Calls">The number of storage calls.</param>
internal sealed record Cost(double Milliseconds, double OwnMilliseconds, double Bytes, double Calls)
{
    /// <summary>The median of each value, taken separately.</summary>
    public static Cost Median(IReadOnlyList<Cost> costs) =>
        new(
            Statistics.Median(costs.Select(cost => cost.Milliseconds)),
            Statistics.Median(costs.Select(cost => cost.OwnMilliseconds)),
            Statistics.Median(costs.Select(cost => cost.Bytes)),
            Statistics.Median(costs.Select(cost => cost.Calls))
        );

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Milliseconds:0.0000} ms ({OwnMilliseconds:0.0000} without storage's), {Bytes:N0} bytes, "
                + $"{Calls:0.##} storage calls"
        );
}
