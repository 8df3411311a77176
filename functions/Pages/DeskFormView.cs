namespace ServerlessBlog.Pages;

/// <summary>A form in which a moderator writes something about a comment.</summary>
/// <param name="Address">Where it posts to.</param>
/// <param name="Item">The comment, as the moderator sees it.</param>
/// <param name="What">What is written.</param>
public sealed record DeskFormView(string Address, string Item, DeskFieldView What);
