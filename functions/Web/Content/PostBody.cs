using ServerlessBlog.Posts.Markdown;

namespace ServerlessBlog.Web.Content;

/// <summary>A post's rendered text.</summary>
/// <param name="Html">Trusted HTML: it is the author's, and written to the page without encoding.</param>
/// <param name="Headings">The headings of the text, in order.</param>
/// <param name="HasCode">True when the text has a code block, for which the script adds a copy button.</param>
public sealed record PostBody(string Html, IReadOnlyList<PostHeading> Headings, bool HasCode);
