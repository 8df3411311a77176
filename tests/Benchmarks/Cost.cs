using System.Globalization;

namespace ServerlessBlog.Benchmarks;

/// <summary>What one act cost.</summary>
/// <param name="Milliseconds">From beginning to end.</param>
/// <param name="OwnMilliseconds">Of these, those in which nothing was asked of storage.</param>
/// <param name="Bytes">Allocated, by the whole process.</param>
/// <param name="Calls">To storage.</param>
internal sealed record Cost(double Milliseconds, double OwnMilliseconds, double Bytes, double Calls)
{
    /// <summary>The median of each figure by itself.</summary>
    public static Cost Median(IReadOnlyList<Cost> costs) =>
        new(
            Figures.Median(costs.Select(cost => cost.Milliseconds)),
            Figures.Median(costs.Select(cost => cost.OwnMilliseconds)),
            Figures.Median(costs.Select(cost => cost.Bytes)),
            Figures.Median(costs.Select(cost => cost.Calls))
        );

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Milliseconds:0.0000} ms ({OwnMilliseconds:0.0000} without storage's), {Bytes:N0} bytes, {Calls:0.##} storage calls"
        );
}
