using System.Globalization;

namespace ServerlessBlog.Benchmarks;

/// <summary>
/// The report of a command: prints figures as they are measured, and at the end each figure that has a limit, with "ok"
/// or "MISSED".
/// </summary>
internal sealed class LimitReport
{
    private readonly List<(string What, string Value, string Limit, bool IsKept)> _limits = [];

    /// <summary>Prints one line in the invariant culture, joined from its parts.</summary>
    public static void Print(params FormattableString[] parts) =>
        Console.WriteLine(string.Concat(parts.Select(part => part.ToString(CultureInfo.InvariantCulture))));

    /// <summary>Adds a figure with an upper limit.</summary>
    /// <param name="what">The name of the figure.</param>
    /// <param name="value">The figure; NaN counts as missed.</param>
    /// <param name="limit">The greatest value that is accepted.</param>
    /// <param name="unit">The suffix of both numbers, such as " ms".</param>
    public void AtMost(string what, double value, double limit, string unit = "") =>
        _limits.Add((what, Text(value, unit), $"at most {Text(limit, unit)}", value <= limit));

    /// <summary>Adds a figure with a lower limit; NaN counts as missed.</summary>
    public void AtLeast(string what, double value, double limit, string unit = "") =>
        _limits.Add((what, Text(value, unit), $"at least {Text(limit, unit)}", value >= limit));

    /// <summary>Adds a count that must equal its limit.</summary>
    public void Exactly(string what, long value, long limit) =>
        _limits.Add((what, Text(value, ""), $"exactly {Text(limit, "")}", value == limit));

    /// <summary>Adds a figure without a limit, and the reason why it has none.</summary>
    public void Note(string what, double value, string reason) =>
        _limits.Add((what, Text(value, ""), $"none, {reason}", true));

    /// <summary>
    /// Prints the figures and their limits. Returns the exit code: 1 when a limit is missed, 0 otherwise.
    /// </summary>
    public int Close()
    {
        Console.WriteLine();
        foreach (var (what, value, limit, isKept) in _limits)
        {
            Console.WriteLine($"RATIO {what}: {value} (limit: {limit}) {(isKept ? "ok" : "MISSED")}");
        }

        return _limits.TrueForAll(figure => figure.IsKept) ? 0 : 1;
    }

    private static string Text(double value, string unit) =>
        value.ToString("#,0.###", CultureInfo.InvariantCulture) + unit;
}
