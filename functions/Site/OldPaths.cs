using ServerlessBlog.Media;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Site;

/// <summary>
/// Redirects from addresses that other blog engines use and that no post has: those of feeds and of the home page,
/// those of files that lie in the container <c>media</c> under the same path, and those of the files of posts.
/// </summary>
public sealed class OldPaths(MediaFiles files, PostTable posts)
{
    private const string Feed = "/feed.xml";
    private const string Atom = "/atom.xml";
    private const string Home = "/";
    private const string FilesOfPosts = "/posts/";

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

        if (
            path.Text.StartsWith(FilesOfPosts, StringComparison.OrdinalIgnoreCase)
            && PostFileName.HasPostExtension(path.Text)
        )
        {
            return await FindPostAsync(path.Text[FilesOfPosts.Length..], cancellationToken);
        }

        return
            !MediaPath.TryParse(path.Text, out _)
            && MediaPath.TryFromBlob(StorageNames.Media, path.Text[1..], out var link)
            && link.IsForReaders
            && await files.FindLinkedAsync(link, cancellationToken) is (var file, _)
            ? new PermanentRedirect(file.Link + request.QueryString)
            : null;
    }

    /// <summary>
    /// Finds the post of a file, to which a link may lead that was written before the post was there.
    /// </summary>
    private async Task<IResult?> FindPostAsync(string file, CancellationToken cancellationToken) =>
        await posts.FindAsync(await posts.FindIdAsync(file, cancellationToken), cancellationToken)
            is { Value: { State: PostState.Published, Path: var path } }
            ? Results.Redirect(path.Link)
            : null;
}
