using ServerlessBlog.Posts;

namespace ServerlessBlog.Web.Caching;

/// <summary>
/// The cache key of a page: names one state of it. Everything that changes what the page shows changes a part of the
/// key.
/// </summary>
/// <param name="Page">The page, such as <c>posts/{id}</c> or <c>home/1</c>.</param>
/// <param name="BuildHash">
/// A hash of the build and of the settings that pages show (<see cref="Layout.BuiltInAssets.Hash"/>).
/// </param>
/// <param name="Site">The site's revision.</param>
/// <param name="Post">The post's revision; <see cref="Revision.None"/> for a page that belongs to no post.</param>
public readonly record struct PageKey(string Page, string BuildHash, Revision Site, Revision Post)
{
    /// <summary>When the page last changed, to the millisecond: the later of the two revisions.</summary>
    public DateTimeOffset Modified => Site.Time > Post.Time ? Site.Time : Post.Time;

    /// <summary>The name of the page's blob: <c>{page}/{build hash}/{site revision}/{post revision}</c>.</summary>
    public override string ToString() => $"{Page}/{BuildHash}/{Site.Text}/{Post.Text}";
}
