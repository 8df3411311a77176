namespace ServerlessBlog.Pages;

/// <summary>A comment as a moderator sees it.</summary>
/// <param name="Item">What the form says when it is chosen; null when nothing can be done with it.</param>
/// <param name="Author">The name its writer gave.</param>
/// <param name="Email">The address its writer gave.</param>
/// <param name="Website">The website its writer gave; null for none.</param>
/// <param name="Post">The post it was written to.</param>
/// <param name="PostId">What lists those on this post alone; null where no list is.</param>
/// <param name="Date">When it was written, in the blog's time zone.</param>
/// <param name="Text">What was typed, shown as text.</param>
/// <param name="NewText">What its writer has made of it since, which waits to be judged; null for nothing.</param>
/// <param name="Reasons">Why it is in its state, one sentence each.</param>
/// <param name="Acts">What can be done with it.</param>
/// <param name="StoryAddress">Where its history is; null where it stands below.</param>
public sealed record DeskCommentView(
    string? Item,
    string Author,
    string Email,
    string? Website,
    LinkView Post,
    string? PostId,
    DateTimeOffset Date,
    string Text,
    string? NewText,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<DeskActView> Acts,
    string? StoryAddress);
