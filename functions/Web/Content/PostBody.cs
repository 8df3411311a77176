using ServerlessBlog.Posts.Markdown;

namespace ServerlessBlog.Web.Content;

/// <summary>A rendered text.</summary>
/// <param name="Html">Trusted: it is the author's.</param>
/// <param name="Headings">Its headings.</param>
/// <param name="HasCode">Whether there is code to be copied.</param>
public sealed record PostBody(string Html, IReadOnlyList<PostHeading> Headings, bool HasCode);
