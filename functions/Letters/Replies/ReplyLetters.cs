using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Posts.Theme;

namespace ServerlessBlog.Letters.Replies;

/// <summary>
/// Writes letters about approved comments: to those who follow the thread, and, to a writer who wants replies and has
/// not confirmed their address, the one with the link to do so. Every method is idempotent.
/// </summary>
public sealed partial class ReplyLetters(
    RecipientTable recipients,
    FollowerTable followers,
    CommentTable comments,
    PostTable posts,
    ReplyLetterWriter writer,
    NotificationOutbox outbox,
    SiteTextsProvider words,
    TimeProvider clock,
    ILogger<ReplyLetters> logger
) : IJudgedCommentHandler
{
    /// <summary>The maximum number of letters about replies that a recipient gets in a day (UTC): 50.</summary>
    public const int MaxPerDay = 50;

    /// <summary>The minimum time between two letters that ask a recipient to confirm: 1 day.</summary>
    internal static readonly TimeSpan AskAgainAfter = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public bool IsInterestedIn(Comment comment) =>
        comment.State == CommentState.Approved && (comment.ReplyTo is not null || comment.WantsReplies);

    /// <inheritdoc/>
    public async Task HandleAsync(Comment comment, CancellationToken cancellationToken)
    {
        if (
            // Read again: it got its position when the decision was written.
            (await comments.FindPatientlyAsync(comment.Key, cancellationToken))?.Value
                is not { State: CommentState.Approved, Position: { } position } current
            || (await posts.FindForWriteAsync(current.Key.Post, cancellationToken))?.Value
                is not { State: PostState.Published } post
        )
        {
            return;
        }

        comment = current;
        var thread = new LetterScope(comment.Key.Post, position.Thread);
        if (comment.ReplyTo is not null)
        {
            await TellFollowersAsync(comment, post, thread, cancellationToken);
        }

        if (comment.WantsReplies)
        {
            await FollowAsync(comment, post, thread, cancellationToken);
        }
    }

    private async Task TellFollowersAsync(
        Comment comment,
        Post post,
        LetterScope thread,
        CancellationToken cancellationToken
    )
    {
        foreach (var follower in await followers.ReadAsync(thread, cancellationToken))
        {
            if (
                follower.Wants(comment)
                && await recipients.FindAsync(follower.Recipient, cancellationToken)
                    is { Value: { Confirmed: { } confirmed } recipient }
                && confirmed <= comment.Decided // nothing from before, when its message comes late
                && !IsSame(recipient.Mail, comment.Email)
            )
            {
                await TellAsync(recipient, comment, post, thread, cancellationToken);
            }
        }
    }

    private async Task TellAsync(
        Recipient recipient,
        Comment comment,
        Post post,
        LetterScope thread,
        CancellationToken cancellationToken
    )
    {
        var texts = await words.CurrentAsync(cancellationToken);
        var letter = writer.WriteReply(recipient, comment, post, thread, texts);
        if (await outbox.HasAsync(letter.Id, cancellationToken))
        {
            return; // The message came again: it does not count twice.
        }

        var now = clock.GetUtcNow();
        if (
            await recipients.ChangeAsync(
                recipient.Id,
                current => current.WithOneMore(now, MaxPerDay),
                cancellationToken
            )
            is null
        )
        {
            LogTooMany(recipient.Id, MaxPerDay);
            return;
        }

        await outbox.AddAsync(letter, cancellationToken);
    }

    private async Task FollowAsync(Comment comment, Post post, LetterScope thread, CancellationToken cancellationToken)
    {
        if (await recipients.GetOrAddAsync(comment.Email, cancellationToken) is not { Value: var recipient })
        {
            return; // They want no letters.
        }

        await followers.ChangeAsync(
            thread,
            recipient.Id,
            wish => (wish ?? new Follower(recipient.Id, [], FollowsThread: false)).With(comment.Key.Comment),
            cancellationToken
        );
        var now = clock.GetUtcNow();
        if (recipient.Confirmed is null && !(now - recipient.Asked < AskAgainAfter))
        {
            // First the letter: its id has the number of the next one, so that another execution writes the same.
            var texts = await words.CurrentAsync(cancellationToken);
            await outbox.AddAsync(writer.WriteRequest(recipient, comment, post, thread, now, texts), cancellationToken);
            await recipients.ChangeAsync(
                recipient.Id,
                current => current with { Asked = now, TimesAsked = recipient.TimesAsked + 1 },
                cancellationToken
            );
        }
    }

    private static bool IsSame(string one, string other) =>
        string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The recipient {Id} has had {Most} letters about replies today: no more are sent."
    )]
    private partial void LogTooMany(string id, int most);
}
