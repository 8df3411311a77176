namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>Ends the parsing of a file with a <see cref="Problem"/>. Always caught by the reader of the file.</summary>
#pragma warning disable CA1032, CA1064 // Internal control flow: never reaches a caller of the reader.
internal sealed class RefusedException(Problem problem) : Exception(problem.ToString())
#pragma warning restore CA1032, CA1064
{
    public Problem Problem { get; } = problem;
}
