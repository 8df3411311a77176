namespace ServerlessBlog.Benchmarks;

/// <summary>The few statistics that the commands print.</summary>
internal static class Figures
{
    /// <summary>The middle value; of an even number of values, the mean of the two in the middle. Not a number for none.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>The smallest value that this share of all values is not above (nearest rank). Not a number for none.</summary>
    /// <param name="values">In any order.</param>
    /// <param name="share">0 to 1, such as 0.99.</param>
    public static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];
    }
}
