using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Site.Comments;
using ServerlessBlog.Site.Posts;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Layout;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.Comments;

/// <summary>Renders the page behind the link of a mail about a comment.</summary>
public sealed class ReviewPageRenderer(
    PostTable posts,
    PostPageRenderer postPages,
    CommentLists lists,
    SiteLayoutProvider layouts,
    BlogSettings settings
)
{
    /// <summary>The page of a comment: with the actions while it waits, else with what was decided.</summary>
    /// <param name="comment">The comment.</param>
    /// <param name="path">The address of the page, which its forms post to.</param>
    /// <param name="isChanged">True when an action was refused because the comment has changed meanwhile.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    public async Task<IResult> ShowAsync(
        Comment comment,
        string path,
        bool isChanged,
        CancellationToken cancellationToken
    )
    {
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout.ForAdmin;
        var (waiting, post) = (
            lists.CountAsync(CommentState.Held, AdminMenu.MaxCount, cancellationToken),
            (await posts.FindAsync(comment.Key.Post, cancellationToken))?.Value
        );
        var view = new ReviewView
        {
            Site = site,
            IsDecided =
                comment.IsWithdrawn
                || (comment.State is not (CommentState.Held or CommentState.Waiting) && comment.NewText is null),
            Outcome = OutcomeOf(site.Texts, comment),
            Problem = isChanged ? site.Texts["admin.review-changed"] : null,
            ShownAt = await FindOnPageAsync(comment, post, cancellationToken),
            CanUndo = !comment.IsWithdrawn,
            Actions = AdminText.ActionsFor(site.Texts, CommentState.Held),
            Waiting = site.Texts.Count("admin.review-waiting", await waiting),
            State = CommentStateText.Describe(site.Texts, comment.State, comment.IsRestorable),
            Post = LinkView.ToPost(post, site.Texts),
            Author = comment.Author,
            Email = comment.Email,
            Website = comment.Website,
            Date = settings.ToLocalTime(comment.Created),
            Text = comment.NewText ?? comment.Text,
            Reasons = comment.Reasons,
            Version = comment.Version,
            ActionAddress = path,
        };
        return new PrivateResult(await PageRenderer.RenderAsync(ReviewPage.Create(view), site, cancellationToken));
    }

    private static string OutcomeOf(SiteTexts texts, Comment comment) =>
        texts[
            comment switch
            {
                { IsWithdrawn: true } => "admin.review-withdrawn",
                { State: CommentState.Approved } => "admin.review-approved",
                { State: CommentState.Spam } => "admin.review-spam",
                _ => "admin.review-trash",
            }
        ];

    private async Task<string?> FindOnPageAsync(Comment comment, Post? post, CancellationToken cancellationToken) =>
        comment.State == CommentState.Approved && post is { State: PostState.Published }
            ? (await postPages.FindPageAsync(comment, cancellationToken)).LinkTo(post.Path)
                + string.Create(CultureInfo.InvariantCulture, $"#comment-{comment.Number}")
            : null;
}
