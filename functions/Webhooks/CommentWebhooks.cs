using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Webhooks;

/// <summary>Tells the webhooks of approved and held comments.</summary>
public sealed class CommentWebhooks(
    WebhookOutbox outbox,
    PostTable posts,
    PublicCommentFactory comments,
    BlogSettings settings,
    TimeProvider clock
) : IJudgedCommentHandler
{
    /// <inheritdoc/>
    public bool IsInterestedIn(Comment comment) => outbox.HasAny;

    /// <inheritdoc/>
    public async Task HandleAsync(Comment comment, CancellationToken cancellationToken)
    {
        if ((await posts.FindForWriteAsync(comment.Key.Post, cancellationToken))?.Value is not { } post)
        {
            return;
        }

        var isHeld = comment.State == CommentState.Held;
        var (word, type) = isHeld
            ? ("held", WebhookEventTypes.CommentHeld)
            : ("approved", WebhookEventTypes.CommentApproved);
        var happened = new WebhookEvent<CommentData>(
            type,
            comment.Decided ?? clock.GetUtcNow(),
            new CommentData(
                comment.Key.ToString(),
                comment.Author,
                comment.Website,
                comment.Text,
                IsTruncated: false,
                comment.Reasons,
                comment.Created,
                new PostData(post.Id.ToString(), post.Metadata.Title, settings.BaseUrl + post.Path.Link),
                isHeld
                    ? settings.BaseUrl + AdminPaths.Comment(comment.Key.ToString())
                    : comments.AddressOf(comment, post.Path)
            )
        );
        await outbox.AddAsync(
            string.Create(CultureInfo.InvariantCulture, $"hook-{word}-{comment.Key}-{comment.Decisions}"),
            Fit(happened),
            WebhookJson.Readable.WebhookEventCommentData,
            cancellationToken
        );
    }

    /// <summary>
    /// Cuts the text until the message fits into a notification: escaped, one character may take six, or twelve.
    /// </summary>
    private static WebhookEvent<CommentData> Fit(WebhookEvent<CommentData> happened)
    {
        while (
            WebhookJson.Format(happened, WebhookJson.Readable.WebhookEventCommentData).Length
            > Notification.MaxTextLength
        )
        {
            var text = happened.Data.Text;
            var shorter = text[..(text.Length / 2)].TrimEnd();
            happened = happened with { Data = happened.Data with { Text = shorter, IsTruncated = true } };
        }

        return happened;
    }
}
