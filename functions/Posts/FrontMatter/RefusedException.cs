namespace ServerlessBlog.Posts.FrontMatter;

#pragma warning disable CA1032, CA1064 // Never leaves this room: the reading of a file ends, and its report says why.
internal sealed class RefusedException(Problem problem) : Exception(problem.ToString())
#pragma warning restore CA1032, CA1064
{
    public Problem Problem { get; } = problem;
}
