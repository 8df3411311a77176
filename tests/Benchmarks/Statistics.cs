namespace ServerlessBlog.Benchmarks;

/// <summary>The statistics that the commands print.</summary>
internal static class Statistics
{
    /// <summary>
    /// The median; for an even count, the mean of the two middle values. NaN when there are no values.
    /// </summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>The percentile by nearest rank. NaN when there are no values.</summary>
    /// <param name="values">The values, in any order.</param>
    /// <param name="share">The percentile as a fraction from 0 to 1, such as 0.99.</param>
    public static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];
    }
}
