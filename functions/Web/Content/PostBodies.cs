using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Web.Content;

/// <summary>The texts of accepted posts, with the blog's own pictures in their places.</summary>
public sealed class PostBodies(AcceptedFiles accepted, SitePictures pictures, Frames frames, BlogSettings settings)
{
    /// <summary>Reads and renders a post's text.</summary>
    /// <param name="post">The post.</param>
    /// <param name="place">Where it is to stand.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<PostBody> RenderAsync(Post post, PostPlace place, CancellationToken cancellationToken)
    {
        return await RenderAsync(MarkdownOf(post, await accepted.ReadAsync(post, cancellationToken)), place, cancellationToken);
    }

    /// <summary>Renders a text that may be accepted one day, as its page would show it.</summary>
    public async Task<string> PreviewAsync(PostFileName name, PostFile file, CancellationToken cancellationToken) =>
        (await RenderAsync(file.Body, PostPlace.OnPage(name.ToString()), cancellationToken)).Html;

    private async Task<PostBody> RenderAsync(string markdown, PostPlace place, CancellationToken cancellationToken)
    {
        var text = new PostText(markdown, (await frames.CurrentAsync(cancellationToken)).Frame.Texts);
        var found = await pictures.FindAsync(text.PicturesAt(place), cancellationToken);
        return new PostBody(text.ToHtml(place, found), text.Headings, text.HasCode);
    }

    private string MarkdownOf(Post post, byte[] copy) =>
        PostFile.TryRead(post.Source, copy, settings.TimeZone, out var file, out var problem)
            ? file.Body
            : throw new InvalidDataException($"The accepted copy of {post.Source} cannot be read: {problem}");
}
