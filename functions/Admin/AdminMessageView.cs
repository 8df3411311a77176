using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin;

/// <summary>View of an admin page with one message and at most one button.</summary>
/// <param name="Site">Layout data that every page shows.</param>
/// <param name="Title">Heading of the page.</param>
/// <param name="Sentence">What happened and what to do, in a sentence or two.</param>
/// <param name="Button">Text of the button; null for a link to the admin area instead.</param>
/// <param name="Address">Address that the button posts to; null without a button.</param>
public sealed record AdminMessageView(SiteLayout Site, string Title, string Sentence, string? Button, string? Address);
