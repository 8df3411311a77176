using ServerlessBlog.Media;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>
/// Finds the addresses of a post's text that lead nowhere within the blog: pictures and files that are not there, links
/// to no post, anchors that the text does not have.
/// </summary>
public sealed class ReferenceCheck(IPostLookup posts, IMediaLookup media, BlogSettings settings)
{
    /// <summary>Maximum number of different addresses that are looked up: 200.</summary>
    private const int MaxLookups = 200;

    private const int MaxProblems = 20;

    /// <summary>Returns the problems, at most 20, with their positions in the body.</summary>
    /// <param name="source">The blob's name.</param>
    /// <param name="references">The addresses of the text.</param>
    /// <param name="anchors">The ids of the text.</param>
    /// <param name="cancellationToken">Cancels the lookups.</param>
    public async Task<IReadOnlyList<Problem>> FindAsync(
        string source,
        IReadOnlyList<PostReference> references,
        IReadOnlySet<string> anchors,
        CancellationToken cancellationToken
    )
    {
        var links = LinkResolver.ForPage(source);
        var first = references.DistinctBy(reference => reference.Address).Take(MaxLookups).ToList();
        var sentences = await Task.WhenAll(
            first.Select(reference => FindAsync(reference, links, anchors, cancellationToken))
        );
        return
        [
            .. first
                .Zip(sentences)
                .Where(pair => pair.Second is not null)
                .Select(pair => new Problem(pair.First.Line, pair.First.Column, pair.Second!))
                .Take(MaxProblems),
        ];
    }

    private async Task<string?> FindAsync(
        PostReference reference,
        LinkResolver links,
        IReadOnlySet<string> anchors,
        CancellationToken cancellationToken
    )
    {
        var address = reference.Address;
        if (address.StartsWith('#'))
        {
            return
                address.Length < 2
                || anchors.Contains(Uri.UnescapeDataString(address[1..]))
                || address is "#top" or "#comments"
                ? null
                : $"{address} leads nowhere: no heading or element of the text has this id.";
        }

        if (reference.IsPicture && address.StartsWith("http:", StringComparison.OrdinalIgnoreCase))
        {
            return $"{address} is loaded by https, or not at all: write https instead of http.";
        }

        var resolved = WithoutOrigin(links.Resolve(address));
        if (links.FindFile(address) is { } file)
        {
            return
                (await posts.FindAsync(await posts.FindIdAsync(file, cancellationToken), cancellationToken))
                    ?.Value
                    .HoldsAddress
                    is true
                ? null
                : $"{address} leads nowhere: there is no post of the file {file}.";
        }

        var path = Uri.UnescapeDataString(resolved.Split('?', '#')[0]);
        return !path.StartsWith('/') || path.StartsWith("//", StringComparison.Ordinal) ? null
            : MediaPath.TryParse(path, out var mediaPath)
                ? await media.FindLinkedAsync(mediaPath, cancellationToken) is null
                        ? $"{address} is missing: upload {(reference.IsPicture ? "the picture" : "the file")}."
                    : null
            : await FindPageProblemAsync(address, path, cancellationToken);
    }

    private string WithoutOrigin(string address) =>
        address.StartsWith(settings.BaseUrl + "/", StringComparison.OrdinalIgnoreCase)
            ? address[settings.BaseUrl.Length..]
            : address;

    private async Task<string?> FindPageProblemAsync(string address, string path, CancellationToken cancellationToken)
    {
        if (!SitePath.TryParse(path, out var page) || page.IsReserved || page.Key == "/posts")
        {
            return null;
        }

        var isThere =
            await posts.FindHolderAsync(page, cancellationToken) is not null
            || (
                page.TrySplitCommentsPage(out var post, out _)
                && await posts.FindHolderAsync(post, cancellationToken) is not null
            );
        return isThere ? null : $"{address} leads nowhere: no post is there.";
    }
}
