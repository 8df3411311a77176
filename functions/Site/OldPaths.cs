using ServerlessBlog.Media;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Site;

/// <summary>
/// Redirects from addresses that other blog engines use and that no post has: those of feeds and of the home page, of
/// tags and categories and their feeds, those of files that lie in the container <c>media</c> under the same path, and
/// those of the files of posts.
/// </summary>
public sealed class OldPaths(MediaFiles files, PostTable posts)
{
    private const string Feed = "/feed.xml";
    private const string Atom = "/atom.xml";
    private const string Home = "/";
    private const string FilesOfPosts = "/posts/";

    private static readonly string[] TagFolders = ["tag", "tags", "category", "categories"];
    private static readonly string[] TagFeeds = ["feed", "feed.xml", "index.xml", "rss", "rss.xml"];

    /// <summary>Permanent redirects, by <see cref="SitePath.Key"/>.</summary>
    private static readonly Dictionary<string, string> Moved = new(StringComparer.Ordinal)
    {
        ["/feed"] = Feed,
        ["/feed/rss"] = Feed,
        ["/feed/rss2"] = Feed,
        ["/feed.rss"] = Feed,
        ["/feeds/posts/default"] = Feed,
        ["/posts/index.xml"] = Feed,
        ["/posts/feed"] = Feed,
        ["/rss"] = Feed,
        ["/rss2"] = Feed,
        ["/rss.xml"] = Feed,
        ["/index.xml"] = Feed,
        ["/atom"] = Atom,
        ["/feed/atom"] = Atom,
        ["/index.html"] = Home,
        ["/index.php"] = Home,
    };

    /// <summary>Finds the redirect for a path; null when there is none. Files cost one storage call.</summary>
    public async Task<IResult?> FindAsync(HttpRequest request, SitePath path, CancellationToken cancellationToken)
    {
        if (Moved.TryGetValue(path.Key, out var address))
        {
            return new PermanentRedirect(address + request.QueryString);
        }

        if (FindTag(path) is { } link)
        {
            return new PermanentRedirect(link + request.QueryString);
        }

        if (
            path.Text.StartsWith(FilesOfPosts, StringComparison.OrdinalIgnoreCase)
            && PostFileName.HasPostExtension(path.Text)
        )
        {
            return await FindPostAsync(path.Text[FilesOfPosts.Length..], cancellationToken);
        }

        return
            !MediaPath.TryParse(path.Text, out _)
            && MediaPath.TryFromBlob(StorageNames.Media, path.Text[1..], out var media)
            && media.IsForReaders
            && await files.FindLinkedAsync(media, cancellationToken) is (var file, _)
            ? new PermanentRedirect(file.Link + request.QueryString)
            : null;
    }

    /// <summary>
    /// The page or the feed of a tag; null when the path is none. Categories are tags here, and of nested ones the last
    /// counts.
    /// </summary>
    private static string? FindTag(SitePath path)
    {
        string[] parts = path.Text.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var isFeed = parts is [_, _, .., var last] && TagFeeds.Contains(last, StringComparer.OrdinalIgnoreCase);
        var names = isFeed ? parts[..^1] : parts;
        if (
            names is not [var kind, .., var name]
            || !TagFolders.Contains(kind, StringComparer.OrdinalIgnoreCase)
            || (names.Length > 2 && !MayBeNested(kind, names))
        )
        {
            return null;
        }

        var link = Tag.Parse(name).Link;
        return isFeed ? link + Feed
            : kind.Equals("tags", StringComparison.OrdinalIgnoreCase) ? null
            : link;
    }

    /// <summary>Whether a longer path names a category below another, and not a page of a list.</summary>
    private static bool MayBeNested(string kind, string[] names) =>
        kind is ['c' or 'C', ..] && !names.Contains("page", StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Finds the post of a file, to which a link may lead that was written before the post was there.
    /// </summary>
    private async Task<IResult?> FindPostAsync(string file, CancellationToken cancellationToken) =>
        await posts.FindAsync(await posts.FindIdAsync(file, cancellationToken), cancellationToken)
            is { Value: { State: PostState.Published, Path: var path } }
            ? Results.Redirect(path.Link)
            : null;
}
