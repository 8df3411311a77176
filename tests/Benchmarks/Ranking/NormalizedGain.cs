using ServerlessBlog.Tests.Search;

namespace ServerlessBlog.Benchmarks.Ranking;

/// <summary>
/// nDCG@10 (Järvelin and Kekäläinen, 2002): the gain of the first ten hits, each divided by the binary logarithm of its
/// rank plus one, in proportion to that of the best order. From 0 to 1.
/// </summary>
internal static class NormalizedGain
{
    /// <summary>The number of hits that count: 10.</summary>
    public const int Hits = 10;

    /// <summary>Computes it for one query.</summary>
    /// <param name="query">The query with its judged posts; one that is not judged has no gain.</param>
    /// <param name="found">The ids of what was found, the best first, none twice.</param>
    public static double Compute(JudgedQuery query, IReadOnlyList<string> found) =>
        Sum(found.Select(id => query.Judged.GetValueOrDefault(id))) / Sum(query.Judged.Values.OrderDescending());

    /// <summary>A post about the subject counts 3, one that mentions it 1: 2 to the power of the grade, - 1.</summary>
    private static double Sum(IEnumerable<int> grades) =>
        grades.Take(Hits).Select((grade, index) => (Math.Pow(2, grade) - 1) / Math.Log2(index + 2)).Sum();
}
