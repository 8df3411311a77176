using System.Globalization;

namespace ServerlessBlog.Benchmarks;

/// <summary>What a command found: figures as they come, and last those that have a limit, each with "ok" or "MISSED".</summary>
internal sealed class LimitReport
{
    private readonly List<(string What, string Value, string Limit, bool IsKept)> _limits = [];

    /// <summary>Prints a line of figures.</summary>
    public static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Notes a figure that must not be above its limit.</summary>
    /// <param name="what">Names the figure.</param>
    /// <param name="value">The figure; not a number counts as missed.</param>
    /// <param name="limit">The most it may be.</param>
    /// <param name="unit">Stands behind both.</param>
    public void AtMost(string what, double value, double limit, string unit = "") =>
        _limits.Add((what, Text(value, unit), $"at most {Text(limit, unit)}", value <= limit));

    /// <summary>Notes a figure that must not be below its limit.</summary>
    public void AtLeast(string what, double value, double limit, string unit = "") =>
        _limits.Add((what, Text(value, unit), $"at least {Text(limit, unit)}", value >= limit));

    /// <summary>Notes a count that must be exactly this.</summary>
    public void Exactly(string what, long value, long limit) =>
        _limits.Add((what, Text(value, ""), $"exactly {Text(limit, "")}", value == limit));

    /// <summary>Notes a figure that has no limit, and why.</summary>
    public void Note(string what, double value, string reason) =>
        _limits.Add((what, Text(value, ""), $"none, {reason}", true));

    /// <summary>Prints the limits. Answers the exit code: 1 when one was missed.</summary>
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
