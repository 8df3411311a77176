using ServerlessBlog.Posts;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Web.Layout;

/// <summary>The view model of a link.</summary>
/// <param name="Text">The link text.</param>
/// <param name="Address">The address that the link leads to.</param>
/// <param name="Count">A number beside the text, such as "12" or "99+"; null for none.</param>
public sealed record LinkView(string Text, string Address, string? Count = null)
{
    /// <summary>
    /// A link to a post. For a post that no longer exists (null): a text that says so, linked to the home page.
    /// </summary>
    public static LinkView ToPost(Post? post, SiteTexts texts) =>
        post is null ? new(texts["own.no-post"], "/") : new(post.Metadata.Title, post.Path.Link);
}
