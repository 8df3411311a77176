using ServerlessBlog.Feeds;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Content;

namespace ServerlessBlog.Letters.Mailings;

/// <summary>What a mailing is about.</summary>
/// <param name="Posts">The posts, the newest first; one, or those of a week.</param>
/// <param name="IsWeekly">Whether it is for those who get one letter a week.</param>
/// <param name="Html">The HTML of the one post, with absolute addresses; null for a week.</param>
/// <param name="Text">The plain text of the one post; null for a week.</param>
public sealed record MailingContent(IReadOnlyList<ListedPost> Posts, bool IsWeekly, string? Html, string? Text);

/// <summary>Reads what a mailing is about, as it is now.</summary>
public sealed class MailingContentReader(
    PostTable posts,
    PostLists lists,
    PostBodyLoader bodies,
    PictureResolver pictures,
    AcceptedFiles accepted,
    BlogSettings settings
)
{
    /// <summary>The maximum number of posts in a weekly letter: 50.</summary>
    private const int MaxPosts = 50;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>Reads it. Null when its post is not public any more.</summary>
    public async Task<MailingContent?> ReadAsync(Mailing mailing, CancellationToken cancellationToken)
    {
        if (mailing.Post is not { } id)
        {
            return new MailingContent(
                await ReadWeekAsync(lists, mailing.Created, cancellationToken),
                IsWeekly: true,
                null,
                null
            );
        }

        return (await posts.FindForWriteAsync(id, cancellationToken))?.Value is { State: PostState.Published } post
            ? new MailingContent(
                [ListedPost.From(post)],
                IsWeekly: false,
                await HtmlAsync(post, cancellationToken),
                PlainPost.Parse(post, await accepted.ReadAsync(post, cancellationToken)).Text
            )
            : null;
    }

    /// <summary>Reads the posts of the seven days before a time, the newest first.</summary>
    internal static async Task<IReadOnlyList<ListedPost>> ReadWeekAsync(
        PostLists lists,
        DateTimeOffset end,
        CancellationToken cancellationToken
    ) => await lists.ReadPeriodAsync(end - Week, end, 0, MaxPosts, cancellationToken);

    private async Task<string> HtmlAsync(Post post, CancellationToken cancellationToken)
    {
        var links = LinkResolver.WithAbsoluteLinks(post.Source, settings.BaseUrl, post.Path);
        var body = await bodies.RenderAsync(post, links, cancellationToken);
        var lead = await pictures.FindLeadAsync(post.Metadata.Picture, post.Source, cancellationToken);
        return FeedContent.Build(body.Html, lead, post.Metadata.Language ?? "", settings.BaseUrl);
    }
}
