using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Site.Comments;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Content;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Posts;

/// <summary>
/// Renders the page of a post: its accepted text and a page of its comments. Does not read a clock: a page changes with
/// time only when a revision is raised.
/// </summary>
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
    /// <summary>Maximum number of threads that are shown without the choice of the newest first: 5.</summary>
    private const int MaxUnordered = 5;

    /// <summary>Name of the page in the page cache, the first part of its cache key.</summary>
    public static string CacheNameOf(PostId id, CommentsPage page) =>
        page.IsFeed
            ? $"{CachePrefixOf(id)}feed"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{CachePrefixOf(id)}{(page.IsNewestFirst ? "newest/" : "")}{page.Number}"
            );

    /// <summary>Prefix of the cache names of all pages of a post.</summary>
    public static string CachePrefixOf(PostId id) => $"posts/{id}/";

    /// <summary>
    /// The public page with a page of comments. Null when the post is not published, and beyond the last page of
    /// comments.
    /// </summary>
    public Task<RenderedPage?> RenderAsync(PostId id, CommentsPage page, CancellationToken cancellationToken) =>
        RenderAsync(id, page, CommentFormView.Empty, receipt: null, cancellationToken);

    /// <summary>
    /// Finds the page of comments that a comment is on, or will be on when it is approved: that of the thread it
    /// replies to, else the last page.
    /// </summary>
    /// <remarks>
    /// Reads storage with the retry profile of writes: the comment is already kept, and a slow lookup must not turn its
    /// response into an error.
    /// </remarks>
    public async Task<CommentsPage> FindPageAsync(Comment comment, CancellationToken cancellationToken)
    {
        for (var ancestor = comment; ancestor is not null; )
        {
            if (ancestor.Position is { } path)
            {
                return PageOf(path.Thread);
            }

            ancestor = ancestor.ReplyTo is { } parent
                ? (
                    await comments.FindPatientlyAsync(new CommentKey(comment.Key.Post, parent), cancellationToken)
                )?.Value
                : null;
        }

        return PageOf(
            Math.Max(1, (await comments.ReadCountsPatientlyAsync(comment.Key.Post, cancellationToken)).Threads)
        );
    }

    /// <summary>
    /// The page for one visitor, with their form or their own comment. Null when the post is not published, and beyond
    /// the last page of comments.
    /// </summary>
    /// <param name="id">Id of the post.</param>
    /// <param name="page">Page of its comments.</param>
    /// <param name="form">The form as sent, with its error messages.</param>
    /// <param name="receipt">The visitor's own comment; null for none.</param>
    /// <param name="cancellationToken">Cancels the rendering.</param>
    public async Task<RenderedPage?> RenderAsync(
        PostId id,
        CommentsPage page,
        CommentFormView form,
        Receipt? receipt,
        CancellationToken cancellationToken
    )
    {
        if (await posts.FindAsync(id, cancellationToken) is not { Value: { State: PostState.Published } post })
        {
            return null;
        }

        var conversation = ConversationAsync(post, page, cancellationToken);
        if (page.Number > 1 && await conversation is null)
        {
            return null; // Checked first, before the text is rendered in vain.
        }

        var body = bodies.RenderAsync(post, LinkResolver.ForPage(post.Source), cancellationToken);
        var relatedPosts = related.FindAsync(post, cancellationToken);
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout;
        if (receipt is not null)
        {
            site = site.ForPrivatePages;
        }

        var view = await views.BuildAsync(
            site,
            post,
            await body,
            await relatedPosts,
            (await conversation)!,
            form,
            receipt,
            cancellationToken
        );
        return await PageRenderer.RenderAsync(PostPage.Create(view), site, cancellationToken);
    }

    /// <summary>
    /// The page of a post in any state, for one visitor: as readers will see it, without comments, and not to be
    /// indexed.
    /// </summary>
    /// <param name="post">The post.</param>
    /// <param name="path">Path of the page.</param>
    /// <param name="cancellationToken">Cancels the rendering.</param>
    public async Task<RenderedPage> RenderPreviewAsync(Post post, string path, CancellationToken cancellationToken)
    {
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout.ForPrivatePages;
        var view = await views.BuildAsync(
            site,
            post,
            await bodies.RenderAsync(post, LinkResolver.ForPage(post.Source), cancellationToken),
            await related.FindAsync(post, cancellationToken),
            (await ConversationAsync(post, CommentsPage.First, cancellationToken))!,
            CommentFormView.Empty,
            receipt: null,
            cancellationToken
        );
        view = view with
        {
            Path = path,
            Conversation = null,
            Form = null,
            Layout = view.Layout with
            {
                IsPrivate = true,
                CanonicalPath = null,
                Article = null,
                CommentFeedPath = null,
            },
        };
        return await PageRenderer.RenderAsync(PostPage.Create(view), site, cancellationToken);
    }

    private CommentsPage PageOf(int thread) => CommentsPage.OfThread(thread, settings.Comments.PageSize);

    /// <summary>Null beyond the last page of comments. Page 1 exists even without comments.</summary>
    private async Task<ConversationView?> ConversationAsync(
        Post post,
        CommentsPage page,
        CancellationToken cancellationToken
    )
    {
        var size = settings.Comments.PageSize;
        var rulesTask = rules.CurrentForReaderAsync(cancellationToken);
        var countsTask = comments.ReadCountsAsync(post.Id, cancellationToken);
        var start = ((page.Number - 1) * size) + 1;
        // Counted from the end, the range depends on the number of threads.
        var newest = page.IsNewestFirst ? (await countsTask).Threads - start + 1 : start + size - 1;
        var oldest = Math.Max(1, page.IsNewestFirst ? newest - size + 1 : start);
        var shown = newest < 1 ? [] : await comments.ReadThreadsAsync(post.Id, oldest, newest, cancellationToken);
        var (counts, currentRules) = (await countsTask, await rulesTask);
        var pages = PageOf(Math.Max(1, counts.Threads)).Number;
        if (page.Number > pages)
        {
            return null;
        }

        var threads = views.BuildThreads(shown, post.Path);
        var (before, after) = (LinkToPage(page.Number - 1), LinkToPage(page.Number + 1));
        var last = Math.Min(newest, counts.Threads);
        return new ConversationView
        {
            Threads = page.IsNewestFirst ? [.. threads.Reverse()] : threads,
            Total = counts.Shown,
            Page = page.Number,
            Pages = pages,
            Range =
                pages == 1 ? null
                : page.IsNewestFirst ? new ThreadRange(last, oldest, counts.Threads)
                : new ThreadRange(oldest, last, counts.Threads),
            Address = page.LinkTo(post.Path),
            EarlierAddress = page.IsNewestFirst ? after : before,
            LaterAddress = page.IsNewestFirst ? before : after,
            IsNewestFirst = page.IsNewestFirst,
            OtherOrderAddress = OtherOrder(post, page, counts),
            HasReplies = settings.Comments.Depth > 1,
            HoldsFirstComments = currentRules is { PreviouslyApproved: true, Moderation: false },
            HoldsAllComments = currentRules.Moderation,
            SendsReplies = settings.SendsMail,
        };

        string? LinkToPage(int number) =>
            number >= 1 && number <= pages ? $"{page.At(number).LinkTo(post.Path)}#comments" : null;
    }

    /// <summary>The address of the first page in the other order; null when there are too few threads.</summary>
    private static string? OtherOrder(Post post, CommentsPage page, CommentCounts counts) =>
        page.IsNewestFirst || counts.Threads > MaxUnordered
            ? $"{new CommentsPage(1, !page.IsNewestFirst).LinkTo(post.Path)}#comments"
            : null;
}
