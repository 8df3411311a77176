using ServerlessBlog.Texts;

namespace ServerlessBlog.Site.Posts;

/// <summary>View of the byline of a post: date, author and reading time.</summary>
/// <param name="Text">Interface texts of the blog.</param>
/// <param name="Date">Date of the post, in the blog's time zone.</param>
/// <param name="Author">Name of the author.</param>
/// <param name="Minutes">Reading time in minutes.</param>
public sealed record BylineView(SiteTexts Text, DateTimeOffset Date, string Author, int Minutes);
