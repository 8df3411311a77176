using ServerlessBlog.Posts;

namespace ServerlessBlog.Web.Caching;

/// <summary>Names one state of one page: whatever changes what it shows changes one of these.</summary>
/// <param name="Page">Which page, such as <c>posts/{id}</c> or <c>home/1</c>.</param>
/// <param name="BuildHash">The program and the settings it is rendered with.</param>
/// <param name="Site">The site's revision.</param>
/// <param name="Post">The post's revision; <see cref="Revision.None"/> for a page of no post.</param>
public readonly record struct PageKey(string Page, string BuildHash, Revision Site, Revision Post)
{
    /// <summary>When the page last changed, to the millisecond: the later of the two revisions.</summary>
    public DateTimeOffset Modified => Site.Time > Post.Time ? Site.Time : Post.Time;

    /// <summary>What the pages that change together have in common: those of a post's comments, those of a list. No page is called so.</summary>
    public string Kin => Page.LastIndexOf('/') is var end and >= 0 ? Page[..(end + 1)] : Page + '/';

    /// <summary>The name of the page's blob.</summary>
    public override string ToString() => $"{Page}/{BuildHash}/{Site.Text}/{Post.Text}";
}
