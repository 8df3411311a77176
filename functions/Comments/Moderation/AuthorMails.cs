using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Posts.Theme;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>
/// Tells the authors of comments by mail: the first at once, then at most one mail in
/// <see cref="CommentSettings.MailMinutes"/> with all since. Which comments is <see cref="CommentSettings.Mail"/>;
/// never spam.
/// </summary>
/// <remarks>
/// Whoever sends a mail first sends a message that comes when the next one may be sent, then writes that time. A
/// comment that comes before is noted for that message. Killed in between, it is noted when its own message comes
/// again.
/// </remarks>
public sealed class AuthorMails(
    AuthorMailTable table,
    CommentTable comments,
    PostTable posts,
    CommentNotification notification,
    NotificationOutbox outbox,
    NotificationQueueClient queue,
    SiteTextsProvider words,
    BlogSettings settings,
    TimeProvider clock
) : INotificationSource, IHourlyTask
{
    /// <summary>The maximum number of comments in one mail: 30. The others are counted.</summary>
    internal const int MaxInMail = 30;

    internal const string Message = "author-mail:";

    private TimeSpan Pause => TimeSpan.FromMinutes(settings.Comments.MailMinutes);

    /// <summary>Tells the authors of a comment that the rules have judged, now or later. Idempotent.</summary>
    public async Task TellAsync(Comment comment, Post post, SiteTexts texts, CancellationToken cancellationToken)
    {
        if (!IsToBeTold(comment))
        {
            return;
        }

        var single = notification.Create(comment, post, texts);
        if (
            settings.Comments.MailMinutes == 0
            || await outbox.HasAsync(single.Id, cancellationToken) // its message came again
            || await TryOpenAsync(cancellationToken)
        )
        {
            await outbox.AddAsync(single, cancellationToken);
            return;
        }

        await table.AddAsync(comment.Key, cancellationToken);
        if ((await table.FindWindowAsync(cancellationToken))?.Value <= clock.GetUtcNow())
        {
            // The message for the end of the window may have come before this comment was noted.
            await queue.SendAsync(Message, delay: null, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> TryHandleAsync(string message, CancellationToken cancellationToken)
    {
        if (message != Message)
        {
            return false;
        }

        var waiting = await table.ReadAsync(cancellationToken);
        if (waiting.Count > 0 && await TryOpenAsync(cancellationToken))
        {
            await TellAllAsync(waiting, cancellationToken);
        }

        return true;
    }

    /// <summary>Tells of what waits when the message for the end of a window was lost.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => TryHandleAsync(Message, cancellationToken);

    /// <summary>
    /// Takes the right to send a mail, and closes it to others for a while. Returns false when it is closed; the
    /// message for its end is on its way then.
    /// </summary>
    private async Task<bool> TryOpenAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var read = await table.FindWindowAsync(cancellationToken);
        if (read?.Value > now)
        {
            return false;
        }

        await queue.SendAsync(Message, Pause + NotificationDelivery.ClockSkew, cancellationToken);
        return await table.OpenWindowAsync(now + Pause, read?.Version, cancellationToken);
    }

    private async Task TellAllAsync(IReadOnlyList<CommentKey> waiting, CancellationToken cancellationToken)
    {
        var told = new List<(Comment Comment, Post Post)>();
        foreach (var key in waiting)
        {
            if (
                (await comments.FindPatientlyAsync(key, cancellationToken))?.Value is { } comment
                && IsToBeTold(comment)
                && (await posts.FindForWriteAsync(key.Post, cancellationToken))?.Value is { } post
            )
            {
                told.Add((comment, post));
            }
        }

        told = [.. told.OrderBy(one => one.Comment.Created)];
        var texts = await words.CurrentAsync(cancellationToken);
        if (told is [var only])
        {
            await outbox.AddAsync(notification.Create(only.Comment, only.Post, texts), cancellationToken);
        }
        else if (told.Count > 1)
        {
            var more = Math.Max(0, told.Count - MaxInMail);
            await outbox.AddAsync(
                notification.Create([.. told.Take(MaxInMail)], more, clock.GetUtcNow(), texts),
                cancellationToken
            );
        }

        foreach (var key in waiting)
        {
            await table.RemoveAsync(key, cancellationToken);
        }
    }

    private bool IsToBeTold(Comment comment) =>
        settings.Authors.Count > 0
        && !comment.IsByAuthor
        && settings.Comments.Mail switch
        {
            CommentSettings.MailAll => comment.State is CommentState.Held or CommentState.Approved,
            CommentSettings.MailHeld => comment.State == CommentState.Held,
            _ => false,
        };
}
