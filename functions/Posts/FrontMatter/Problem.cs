namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>A problem in a file, with its position and a remedy.</summary>
/// <param name="Line">The line number in the file, from 1.</param>
/// <param name="Column">The column in characters, from 1.</param>
/// <param name="Sentence">What is wrong and what to write instead, as one sentence for the author.</param>
public sealed record Problem(int Line, int Column, string Sentence)
{
    /// <inheritdoc/>
    public override string ToString() => $"line {Line}, column {Column}: {Sentence}";
}
