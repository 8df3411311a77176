using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Web.Content;

/// <summary>Reads and renders the text of accepted posts, with the blog's own photos resolved.</summary>
public sealed class PostBodyLoader(AcceptedFiles accepted, PictureResolver pictures, SiteLayoutProvider layouts)
{
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
        var found = await pictures.FindAsync(document.ResolvePictures(links), cancellationToken);
        return new PostBody(document.ToHtml(links, found), document.Headings, document.HasCode);
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
