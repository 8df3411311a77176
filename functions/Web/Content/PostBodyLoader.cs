using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Web.Content;

/// <summary>Reads and renders the text of accepted posts, with the blog's own photos resolved.</summary>
public sealed class PostBodyLoader(
    AcceptedFiles accepted,
    PictureResolver pictures,
    PostTable posts,
    SiteLayoutProvider layouts
)
{
    private const int MaxLinkedFiles = 100;

    /// <summary>Reads the accepted copy of a post and renders it.</summary>
    /// <param name="post">The post.</param>
    /// <param name="links">Resolves links and picture addresses for the page or feed that shows the text.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="InvalidDataException">The accepted copy cannot be parsed.</exception>
    public async Task<PostBody> RenderAsync(Post post, LinkResolver links, CancellationToken cancellationToken)
    {
        return await RenderAsync(
            BodyOf(post, await accepted.ReadAsync(post, cancellationToken)),
            PostFileName.IsHtml(post.Source),
            links,
            cancellationToken
        );
    }

    /// <summary>Renders the text of a file that is not accepted yet, as its page would show it. Returns HTML.</summary>
    public async Task<string> PreviewAsync(PostFileName name, PostFile file, CancellationToken cancellationToken) =>
        (await RenderAsync(file.Body, file.IsHtml, LinkResolver.ForPage(name.ToString()), cancellationToken)).Html;

    private async Task<PostBody> RenderAsync(
        string body,
        bool isHtml,
        LinkResolver links,
        CancellationToken cancellationToken
    )
    {
        var texts = (await layouts.CurrentAsync(cancellationToken)).Layout.Texts;
        var document = new PostDocument(body, texts, isHtml);
        links = links with { Files = await FindFilesAsync(document.FindLinkedFiles(links), cancellationToken) };
        var found = await pictures.FindAsync(document.ResolvePictures(links), cancellationToken);
        return new PostBody(document.ToHtml(links, found), document.Headings, document.HasCode);
    }

    /// <summary>Finds the paths of posts by the names of their files; of the first 100.</summary>
    private async Task<IReadOnlyDictionary<string, SitePath>> FindFilesAsync(
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    )
    {
        var found = await Task.WhenAll(
            names
                .Take(MaxLinkedFiles)
                .Select(async name =>
                    (
                        Name: name,
                        Post: await posts.FindAsync(await posts.FindIdAsync(name, cancellationToken), cancellationToken)
                    )
                )
        );
        return found
            .Where(entry => entry.Post?.Value.HoldsAddress is true)
            .ToDictionary(entry => entry.Name, entry => entry.Post!.Value.Path);
    }

    private static string BodyOf(Post post, byte[] copy) =>
        PostFile.TryReadBody(copy, out var body)
            ? body
            : throw new InvalidDataException($"The accepted copy of {post.Source} cannot be read.");
}

/// <summary>A post's rendered text.</summary>
/// <param name="Html">Trusted HTML: it is the author's, and written to the page without encoding.</param>
/// <param name="Headings">The headings of the text, in order.</param>
/// <param name="HasCode">True when the text has a code block, for which the script adds a copy button.</param>
public sealed record PostBody(string Html, IReadOnlyList<PostHeading> Headings, bool HasCode);
