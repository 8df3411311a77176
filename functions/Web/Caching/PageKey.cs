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
/// <param name="Content">
/// The revision of a post's page, or of comments for a list of posts; <see cref="Revision.None"/> for other pages.
/// </param>
public readonly record struct PageKey(string Page, string BuildHash, Revision Site, Revision Content)
{
    /// <summary>When the page last changed, to the millisecond: the later of the two revisions.</summary>
    public DateTimeOffset Modified => Site.Time > Content.Time ? Site.Time : Content.Time;

    /// <summary>The name of the page's blob: <c>{page}/{build hash}/{site revision}/{content revision}</c>.</summary>
    public override string ToString() => $"{Page}/{BuildHash}/{Site.Text}/{Content.Text}";
}
