namespace ServerlessBlog.Pages;

/// <summary>What the writer of a comment sees of it, by the link that came with it.</summary>
/// <param name="Frame">What every page shows.</param>
/// <param name="State">Completes "Your comment is ...".</param>
/// <param name="IsRevised">Whether another text waits to be judged.</param>
/// <param name="Reasons">Why it is in its state, one sentence each; may be empty.</param>
/// <param name="PostTitle">The title of the post it was written to.</param>
/// <param name="PostPath">Where it stands, or is to stand.</param>
/// <param name="Date">When it was written, in the blog's time zone.</param>
/// <param name="BodyHtml">Its text, sanitised. Trusted: written as it is.</param>
/// <param name="Text">The field to change the text; null when that is over.</param>
/// <param name="IsWithdrawn">Whether it was taken back.</param>
/// <param name="IsErased">Whether nothing is left of it.</param>
/// <param name="ActionAddress">Where the buttons post to.</param>
public sealed record OwnCommentView(
    Frame Frame,
    string State,
    bool IsRevised,
    IReadOnlyList<string> Reasons,
    string PostTitle,
    string PostPath,
    DateTimeOffset Date,
    string BodyHtml,
    FieldView? Text,
    bool IsWithdrawn,
    bool IsErased,
    string ActionAddress)
{
    /// <summary>Why the text was not changed, where there is no field any more to say it at; null for nothing.</summary>
    public string? Problem { get; init; }
}
