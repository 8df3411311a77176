using AngleSharp.Html.Parser;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Content;

namespace ServerlessBlog.Site.Lists;

/// <summary>
/// Renders the texts of posts for the home page, where the blog shows them instead of excerpts. Links to places in a
/// text lead to the post's page: several texts on a page may use the same ids.
/// </summary>
public sealed class WholePosts(PostTable posts, PostBodyLoader bodies)
{
    /// <summary>
    /// Length in characters of all texts on a page from which on the others are shown as excerpts: 500,000.
    /// </summary>
    public const int MaxHtmlLength = 500_000;

    /// <summary>Attributes that refer to ids.</summary>
    private static readonly string[] References =
    [
        "id",
        "for",
        "headers",
        "list",
        "aria-labelledby",
        "aria-describedby",
    ];

    /// <summary>Replaces the summaries of posts by their texts, up to <see cref="MaxHtmlLength"/>.</summary>
    /// <param name="listed">The posts.</param>
    /// <param name="summaries">Their views, in the same order.</param>
    /// <param name="cancellationToken">Cancels the rendering.</param>
    public async Task<IReadOnlyList<PostSummary>> ShowAsync(
        IReadOnlyList<ListedPost> listed,
        IReadOnlyList<PostSummary> summaries,
        CancellationToken cancellationToken
    )
    {
        var (shown, length) = (new List<PostSummary>(), 0);
        foreach (var (post, summary) in listed.Zip(summaries))
        {
            var html = length < MaxHtmlLength ? await RenderAsync(post, cancellationToken) : null;
            length += html?.Length ?? 0;
            shown.Add(length <= MaxHtmlLength ? summary with { BodyHtml = html } : summary);
        }

        return shown;
    }

    /// <summary>Null when the post was unpublished after the list was read.</summary>
    private async Task<string?> RenderAsync(ListedPost listed, CancellationToken cancellationToken)
    {
        if (await posts.FindAsync(listed.Id, cancellationToken) is not { Value: { State: PostState.Published } post })
        {
            return null;
        }

        var body = await bodies.RenderAsync(post, LinkResolver.ForList(post.Source, post.Path), cancellationToken);
        using var document = new HtmlParser().ParseDocument($"<!DOCTYPE html><body>{body.Html}");
        foreach (
            var (element, attribute) in document.All.SelectMany(element => References.Select(name => (element, name)))
        )
        {
            element.RemoveAttribute(attribute);
        }

        return document.Body!.InnerHtml;
    }
}
