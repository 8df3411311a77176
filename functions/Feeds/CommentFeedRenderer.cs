using AngleSharp.Html.Parser;
using ServerlessBlog.Comments;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Feeds;

/// <summary>Renders feeds of the latest comments as Atom with threads (RFC 4685).</summary>
public sealed class CommentFeedRenderer(
    LatestComments latest,
    PostTable posts,
    SiteLayoutProvider layouts,
    BlogIdTable blog,
    BlogSettings settings
)
{
    /// <summary>The feed of a post's comments; null when the post is not published.</summary>
    public async Task<RenderedPage?> RenderAsync(PostId id, CancellationToken cancellationToken)
    {
        if (await posts.FindAsync(id, cancellationToken) is not { Value: { State: PostState.Published } post })
        {
            return null;
        }

        return await RenderAsync(
            await latest.ReadAsync(post, cancellationToken),
            texts => texts.Format("feed.comments-on", ("title", post.Metadata.Title)),
            post.Path.Link,
            CommentsPage.Feed.LinkTo(post.Path),
            post.Date,
            cancellationToken
        );
    }

    /// <summary>The feed of the comments of all posts.</summary>
    public async Task<RenderedPage?> RenderAsync(CancellationToken cancellationToken) =>
        await RenderAsync(
            await latest.ReadAsync(cancellationToken),
            texts => texts["feed.comments"],
            "/",
            CommentFeedPages.ForAllLink,
            DateTimeOffset.UnixEpoch,
            cancellationToken
        );

    private async Task<RenderedPage> RenderAsync(
        IReadOnlyList<CommentOnPost> comments,
        Func<SiteTexts, string> title,
        string page,
        string path,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var (site, id) = (
            (await layouts.CurrentAsync(cancellationToken)).Layout,
            await blog.GetAsync(cancellationToken)
        );
        var feed = new Feed
        {
            Title = $"{title(site.Texts)} – {settings.Title}",
            Description = site.Profile.Summary ?? settings.Title,
            Link = settings.BaseUrl + page,
            Self = settings.BaseUrl + path,
            Language = site.Texts.Language,
            Author = settings.DefaultAuthor,
            Icon = $"{settings.BaseUrl}/apple-touch-icon.png",
            StyleAddress = site.StyleAddress,
            Since = since,
            Items = [.. comments.Select(shown => ItemOf(shown.Comment, shown.Post, site.Texts, id))],
        };
        return new RenderedPage(AtomWriter.Write(feed), Policy: null);
    }

    private FeedItem ItemOf(PublicComment comment, Post post, SiteTexts texts, Guid blogId) =>
        new()
        {
            Id = comment.Key.ToString(),
            Iri = FeedIds.IriOf(comment.Key, blogId),
            Link = comment.Address,
            Title = texts.Format("feed.comment", ("author", comment.Author), ("title", post.Metadata.Title)),
            Author = comment.Author,
            AuthorAddress = comment.Website,
            Published = comment.Created,
            Updated = comment.Updated,
            Html = WithAbsoluteLinks(comment),
            InReplyTo = comment.Parent is { } parent
                ? new FeedReference(FeedIds.IriOf(parent.Key, blogId), parent.Address)
                : new FeedReference(FeedIds.IriOf(post, blogId), settings.BaseUrl + post.Path.Link),
        };

    /// <summary>The HTML of the page, whose links lead to the same places from outside of it.</summary>
    private static string WithAbsoluteLinks(PublicComment comment)
    {
        if (!comment.Html.Contains("href=", StringComparison.Ordinal))
        {
            return comment.Html;
        }

        using var document = new HtmlParser().ParseDocument($"<!DOCTYPE html><body>{comment.Html}");
        foreach (var link in document.QuerySelectorAll("a[href]"))
        {
            var href = link.GetAttribute("href")!;
            var isAbsolute = href is not ['/', ..] && Uri.TryCreate(href, UriKind.Absolute, out _);
            if (!isAbsolute && Uri.TryCreate(new Uri(comment.Address), href, out var address))
            {
                link.SetAttribute("href", address.AbsoluteUri);
            }
        }

        return document.Body!.InnerHtml;
    }
}
