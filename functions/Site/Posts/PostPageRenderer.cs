using System.Globalization;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Site.Comments;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Content;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Posts;

/// <summary>Makes a post's page of the post, its accepted text and its comments. Takes no clock: time changes a page through its revision only.</summary>
public sealed class PostPageRenderer(
    PostTable posts,
    RelatedPostsFinder related,
    PostBodyLoader bodies,
    PostViewBuilder views,
    CommentTable comments,
    RuleTable rules,
    SiteLayoutProvider layouts,
    BlogSettings settings
)
{
    /// <summary>The highest page of comments that is looked for.</summary>
    public const int MaxNumber = 100_000;

    /// <summary>The link to a post with a page of its comments.</summary>
    /// <param name="path">Where the post stands.</param>
    /// <param name="number">From 1.</param>
    public static string LinkTo(SitePath path, int number) =>
        number == 1
            ? path.Link
            : string.Create(CultureInfo.InvariantCulture, $"{path.Link.TrimEnd('/')}/comments/{number}");

    /// <summary>The name of a post's page in the cache.</summary>
    /// <param name="id">Which post.</param>
    /// <param name="number">Which page of its comments, from 1.</param>
    public static string CacheNameOf(PostId id, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{CachePrefixOf(id)}{number}");

    /// <summary>How the names of all of a post's pages in the cache begin.</summary>
    public static string CachePrefixOf(PostId id) => $"posts/{id}/";

    /// <summary>The page that everybody sees, with a page of its comments. Null when there are none so far, or the post is not public.</summary>
    /// <param name="id">Which post.</param>
    /// <param name="number">Which page of comments, from 1.</param>
    /// <param name="cancellationToken">Stops the rendering.</param>
    public Task<RenderedPage?> RenderAsync(PostId id, int number, CancellationToken cancellationToken) =>
        RenderAsync(id, number, CommentFormView.Empty, receipt: null, cancellationToken);

    /// <summary>The page of comments on which a comment stands, or is to stand: that of the one that it answers, or the last there is.</summary>
    /// <remarks>Patient: whoever has just written is not told that it failed, because a look at where it will stand took long.</remarks>
    public async Task<int> NumberOfAsync(Comment comment, CancellationToken cancellationToken)
    {
        for (var above = comment; above is not null; )
        {
            if (above.Position is { } path)
            {
                return PageOf(path.Thread);
            }

            above = above.Answers is { } answers
                ? (
                    await comments.FindPatientlyAsync(new CommentKey(comment.Key.Post, answers), cancellationToken)
                )?.Value
                : null;
        }

        return PageOf(Math.Max(1, (await comments.TallyPatientlyAsync(comment.Key.Post, cancellationToken)).Threads));
    }

    /// <summary>The page with what one visitor typed or sent. Null when the post is not public.</summary>
    /// <param name="id">Which post.</param>
    /// <param name="number">Which page of comments, from 1.</param>
    /// <param name="form">The form as it was sent, with its problems.</param>
    /// <param name="receipt">The visitor's own comment; null for none.</param>
    /// <param name="cancellationToken">Stops the rendering.</param>
    public async Task<RenderedPage?> RenderAsync(
        PostId id,
        int number,
        CommentFormView form,
        Comment? receipt,
        CancellationToken cancellationToken
    )
    {
        if (await posts.FindAsync(id, cancellationToken) is not { Value: { State: PostState.Published } post })
        {
            return null;
        }

        var conversation = ConversationAsync(post, number, cancellationToken);
        if (number > 1 && await conversation is null)
        {
            return null; // before a text is rendered for nothing
        }

        var body = bodies.RenderAsync(post, LinkResolver.OnPage(post.Source), cancellationToken);
        var neighbourhood = related.FindAsync(post, cancellationToken);
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout;
        if (receipt is not null)
        {
            site = site.Private;
        }

        var view = await views.BuildAsync(
            site,
            post,
            await body,
            await neighbourhood,
            (await conversation)!,
            form,
            receipt,
            cancellationToken
        );
        return await PageRenderer.RenderAsync(PostPage.Create(view), site, cancellationToken);
    }

    private int PageOf(int thread) => Math.Min(MaxNumber, ((thread - 1) / settings.Comments.PageSize) + 1);

    /// <summary>Null when there are not so many pages; the first is always there.</summary>
    private async Task<ConversationView?> ConversationAsync(Post post, int number, CancellationToken cancellationToken)
    {
        var size = settings.Comments.PageSize;
        var (first, last) = (((number - 1) * size) + 1, number * size);
        var reading = rules.CurrentAsync(cancellationToken);
        var tallied = comments.TallyAsync(post.Id, cancellationToken);
        var shown = await comments.ShownAsync(post.Id, first, last, cancellationToken);
        var counts = await tallied;
        var current = await reading;
        var pages = PageOf(Math.Max(1, counts.Threads));
        return number > pages
            ? null
            : new ConversationView
            {
                Threads = views.TreeOf(shown),
                Total = counts.Shown,
                Page = number,
                Pages = pages,
                Span = pages > 1 ? new ThreadRange(first, Math.Min(last, counts.Threads), counts.Threads) : null,
                EarlierAddress = number > 1 ? $"{LinkTo(post.Path, number - 1)}#comments" : null,
                LaterAddress = number < pages ? $"{LinkTo(post.Path, number + 1)}#comments" : null,
                HasReplies = settings.Comments.Depth > 1,
                HoldsFirstComments = current.Moderation || current.PreviouslyApproved,
            };
    }
}
