using ServerlessBlog.Texts;

namespace ServerlessBlog.Site.Posts;

/// <summary>The line that says of a post when, by whom, and how long.</summary>
/// <param name="Text">The blog's own words.</param>
/// <param name="Date">When it was published, in the blog's time zone.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Minutes">How long it takes to read.</param>
public sealed record BylineView(SiteTexts Text, DateTimeOffset Date, string Author, int Minutes);
