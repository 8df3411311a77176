using ServerlessBlog.Posts;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Web.Layout;

/// <summary>A link.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Address">Where it leads.</param>
public sealed record LinkView(string Text, string Address)
{
    /// <summary>A link to a post; of one that is no longer there, in words and to the home page.</summary>
    public static LinkView To(Post? post) =>
        post is null ? new(SiteTexts.BuiltIn["own.no-post"], "/") : new(post.Head.Title, post.Path.Link);
}
