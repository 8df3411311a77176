namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>Why a file was refused: where, and what to do.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in characters.</param>
/// <param name="Sentence">What is wrong and what to write instead.</param>
public sealed record Problem(int Line, int Column, string Sentence)
{
    /// <inheritdoc/>
    public override string ToString() => $"line {Line}, column {Column}: {Sentence}";
}
