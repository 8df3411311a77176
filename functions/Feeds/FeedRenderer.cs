using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Content;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Feeds;

/// <summary>Renders the feed.</summary>
public sealed class FeedRenderer(
    PostLists lists,
    PostTable posts,
    PostBodyLoader bodies,
    PictureResolver pictures,
    SiteLayoutProvider layouts,
    BlogSettings settings
)
{
    private const int MaxItems = 20;

    /// <summary>The feed as RSS 2.0, with the newest 20 posts.</summary>
    public async Task<RenderedPage?> RssAsync(CancellationToken cancellationToken) =>
        new(Rss.Write(await ReadAsync(cancellationToken), settings.BaseUrl + "/feed.xml"), Policy: null);

    private async Task<Feed> ReadAsync(CancellationToken cancellationToken)
    {
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout;
        var newest = await lists.ReadNewestAsync(0, MaxItems, cancellationToken);
        var items = await Task.WhenAll(newest.Select(post => ItemAsync(post, site.Texts.Language, cancellationToken)));
        return new Feed(
            settings.Title,
            site.Profile.Summary ?? settings.Title,
            settings.BaseUrl + "/",
            site.Texts.Language,
            site.StyleAddress,
            [.. items.OfType<FeedItem>()]
        );
    }

    /// <summary>Null when the post was unpublished after the list was read.</summary>
    private async Task<FeedItem?> ItemAsync(ListedPost listed, string siteLanguage, CancellationToken cancellationToken)
    {
        if (await posts.FindAsync(listed.Id, cancellationToken) is not { Value: { State: PostState.Published } post })
        {
            return null;
        }

        var body = await bodies.RenderAsync(
            post,
            LinkResolver.WithAbsoluteLinks(post.Source, settings.BaseUrl, post.Path),
            cancellationToken
        );
        var lead = await pictures.FindLeadAsync(post.Metadata.Picture, post.Source, cancellationToken);
        return new FeedItem
        {
            Id = post.Id.ToString(),
            Link = settings.BaseUrl + post.Path.Link,
            Title = post.Metadata.Title,
            Author = post.Metadata.Author ?? settings.DefaultAuthor,
            Published = post.Date,
            Updated = post.Updated,
            Tags = post.Metadata.Tags,
            Summary = listed.Summary,
            Html = FeedContent.Build(body.Html, lead, post.Metadata.Language ?? siteLanguage, settings.BaseUrl),
        };
    }
}

/// <summary>The newest posts with full texts, independent of the feed format. Links are absolute.</summary>
/// <param name="Title">Title of the blog.</param>
/// <param name="Description">Description of the blog, plain text; its title when there is none.</param>
/// <param name="Link">Address of the home page.</param>
/// <param name="Language">Language of the blog, a BCP 47 tag.</param>
/// <param name="StyleAddress">Path of the stylesheet with which browsers show the feed.</param>
/// <param name="Items">The posts, newest first.</param>
public sealed record Feed(
    string Title,
    string Description,
    string Link,
    string Language,
    string StyleAddress,
    IReadOnlyList<FeedItem> Items
);

/// <summary>A post in a feed.</summary>
public sealed record FeedItem
{
    /// <summary>
    /// Id of the post. It does not change with the post's address, so that feed readers do not show the post twice.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>Absolute address of the post's page.</summary>
    public required string Link { get; init; }

    /// <summary>Title, plain text.</summary>
    public required string Title { get; init; }

    /// <summary>Name of the author.</summary>
    public required string Author { get; init; }

    /// <summary>Date of the post.</summary>
    public required DateTimeOffset Published { get; init; }

    /// <summary>Time of the last change, see <see cref="Post.Updated"/>.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>Tags in the order of the front matter.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Summary, plain text; null when there is none.</summary>
    public required string? Summary { get; init; }

    /// <summary>Lead picture and full text as HTML without scripts, with absolute addresses.</summary>
    public required string Html { get; init; }
}
