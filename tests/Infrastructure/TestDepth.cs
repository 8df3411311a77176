namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// How much of long tests is run. By default a sample that is the same each time, so that the whole suite stays short;
/// with <c>TESTS_FULL=true</c> every step, every payload and every page.
/// </summary>
internal static class TestDepth
{
    /// <summary>Whether nothing is left out.</summary>
    public static bool IsFull { get; } =
        string.Equals(Environment.GetEnvironmentVariable("TESTS_FULL"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Every how many-th storage call a test makes fail, or dies at: 3; all: 1.</summary>
    public static int Step => IsFull ? 1 : 3;

    /// <summary>Every how many-th item of a list, beginning with the first; all of them when the run is full.</summary>
    public static IEnumerable<T> Sample<T>(IEnumerable<T> items, int each) =>
        items.Where((_, index) => IsFull || index % each == 0);
}
