using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Content;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Feeds;

/// <summary>Renders feeds.</summary>
public sealed class FeedRenderer(
    PostTable posts,
    PostBodyLoader bodies,
    PictureResolver pictures,
    SiteLayoutProvider layouts,
    BlogIdTable blog,
    CommentTable comments,
    BlogSettings settings
)
{
    private const int MaxItems = 20;

    /// <summary>A feed with the newest 20 posts of a list; null for a tag or author without posts.</summary>
    /// <param name="list">The list.</param>
    /// <param name="format">The format.</param>
    /// <param name="path">Path of the feed.</param>
    /// <param name="cancellationToken">Cancels the rendering.</param>
    public async Task<RenderedPage?> RenderAsync(
        FeedList list,
        FeedFormat format,
        string path,
        CancellationToken cancellationToken
    )
    {
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout;
        var newest = await list.Read(MaxItems, cancellationToken);
        if (newest.Count == 0 && list.Name is not null)
        {
            return null;
        }

        var id = format.HasIris ? await blog.GetAsync(cancellationToken) : (Guid?)null;
        var items = await Task.WhenAll(newest.Select(post => ItemAsync(post, site, format, id, cancellationToken)));
        var title = list.Name?.Invoke(newest) is var (key, place, name)
            ? $"{site.Texts.Format(key, (place, name))} – {settings.Title}"
            : settings.Title;
        var feed = new Feed
        {
            Title = title,
            Description = site.Profile.Summary ?? settings.Title,
            Link = settings.BaseUrl + list.Link,
            Self = settings.BaseUrl + path,
            Language = site.Texts.Language,
            Author = settings.DefaultAuthor,
            Icon = $"{settings.BaseUrl}/apple-touch-icon.png",
            StyleAddress = site.StyleAddress,
            Items = [.. items.OfType<FeedItem>()],
        };
        return new RenderedPage(format.Write(feed), Policy: null);
    }

    /// <summary>Null when the post was unpublished after the list was read.</summary>
    /// <param name="listed">The post in the list.</param>
    /// <param name="site">Layout data of the blog.</param>
    /// <param name="format">The format.</param>
    /// <param name="blogId">Id of the blog; null for a format whose ids are those of posts.</param>
    /// <param name="cancellationToken">Cancels the rendering.</param>
    private async Task<FeedItem?> ItemAsync(
        ListedPost listed,
        SiteLayout site,
        FeedFormat format,
        Guid? blogId,
        CancellationToken cancellationToken
    )
    {
        if (await posts.FindAsync(listed.Id, cancellationToken) is not { Value: { State: PostState.Published } post })
        {
            return null;
        }

        var lead = await pictures.FindLeadAsync(post.Metadata.Picture, post.Source, cancellationToken);
        var language = post.Metadata.Language ?? site.Texts.Language;
        return new FeedItem
        {
            Id = post.Metadata.FeedId ?? post.Id.ToString(),
            Iri = blogId is { } blogOfPost ? FeedIds.IriOf(post, blogOfPost) : null,
            Link = settings.BaseUrl + post.Path.Link,
            Title = post.Metadata.Title,
            Author = post.Metadata.Author ?? settings.DefaultAuthor,
            Language = language,
            Published = post.Date,
            Updated = post.Updated > post.Date ? post.Updated : post.Date,
            Tags = post.Metadata.Tags,
            Summary = listed.Summary,
            Picture = lead is null ? null : FeedContent.AddressOf(lead, settings.BaseUrl),
            Html = site.Profile.FeedExcerpts ? null : await HtmlAsync(post, lead, language, cancellationToken),
            Replies = format.ShowsCommentCounts ? await RepliesAsync(post, cancellationToken) : null,
        };
    }

    private async Task<FeedReplies> RepliesAsync(Post post, CancellationToken cancellationToken) =>
        new(
            $"{settings.BaseUrl}{post.Path.Link}#comments",
            settings.BaseUrl + CommentsPage.Feed.LinkTo(post.Path),
            (await comments.ReadCountsAsync(post.Id, cancellationToken)).Shown
        );

    private async Task<string> HtmlAsync(
        Post post,
        PostImage? lead,
        string language,
        CancellationToken cancellationToken
    )
    {
        var links = LinkResolver.WithAbsoluteLinks(post.Source, settings.BaseUrl, post.Path);
        var body = await bodies.RenderAsync(post, links, cancellationToken);
        return FeedContent.Build(body.Html, lead, language, settings.BaseUrl);
    }
}

/// <summary>A list of posts that has a feed.</summary>
/// <param name="Link">Path of its page.</param>
/// <param name="Name">
/// Returns the text of the heading: its key, and the name and value of its placeholder; null for the list of all posts.
/// </param>
/// <param name="Read">Reads the newest posts, at most so many.</param>
public sealed record FeedList(
    string Link,
    Func<IReadOnlyList<ListedPost>, (string Key, string Place, string Value)>? Name,
    Func<int, CancellationToken, Task<IReadOnlyList<ListedPost>>> Read
);
