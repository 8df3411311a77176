namespace ServerlessBlog.Pages;

/// <summary>What a moderator sees who follows a link from a mail: a comment and one button.</summary>
/// <param name="Frame">What every page shows.</param>
/// <param name="Act">What the link allows, verb first: "Approve", "Mark as spam".</param>
/// <param name="CanAct">False when there is nothing left to do; only the state is shown then.</param>
/// <param name="StateInWords">Completes "This comment is ...", for example "waiting for moderation".</param>
/// <param name="PostTitle">The title of the post it was written to.</param>
/// <param name="PostPath">The address of that post.</param>
/// <param name="Author">The name its writer gave.</param>
/// <param name="Email">The e-mail address its writer gave.</param>
/// <param name="Website">The website its writer gave; null for none.</param>
/// <param name="Date">When it was written, in the blog's time zone.</param>
/// <param name="Text">What was typed, shown as text with its white space.</param>
/// <param name="Reasons">Why it is in its state, one sentence each; may be empty.</param>
/// <param name="Version">The comment's version, see <see cref="Comments.Comment.Version"/>: the act is for that.</param>
/// <param name="ActionAddress">Where the button posts to.</param>
public sealed record ReviewView(
    Frame Frame,
    string Act,
    bool CanAct,
    string StateInWords,
    string PostTitle,
    string PostPath,
    string Author,
    string Email,
    string? Website,
    DateTimeOffset Date,
    string Text,
    IReadOnlyList<string> Reasons,
    int Version,
    string ActionAddress)
{
    /// <summary>The act with its object: "Approve this comment", "Mark this comment as spam".</summary>
    public string ActInWords => Act.Split(' ', 2) is [var verb, var rest]
        ? $"{verb} this comment {rest}"
        : $"{Act} this comment";
}
