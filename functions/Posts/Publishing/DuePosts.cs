using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>Applies the dates of posts (<see cref="Post.Due"/>) when they come.</summary>
/// <remarks>
/// <para>
/// Invariant: before <see cref="Publisher"/> writes a row with a date, it sends a message that arrives then. A message
/// for a later date than now ends without effect when the row has another date, so messages do not multiply.
/// </para>
/// <para>
/// A message for a date that has come publishes the post even when the row no longer has this date: an execution that
/// was killed after it had written the row is completed by the next delivery.
/// </para>
/// </remarks>
public sealed class DuePosts(PostTable posts, Publisher publisher, UploadQueueClient queue, TimeProvider clock)
    : IHourlyTask
{
    /// <summary>
    /// How far the hourly check looks ahead: 65 min. A date of a row that an earlier version wrote, without a message,
    /// gets its message then and is met as exactly as any.
    /// </summary>
    private static readonly TimeSpan LooksAhead = TimeSpan.FromMinutes(65);

    /// <summary>
    /// Handles a message: publishes the post as of now when the date has come, and sends the message again when it
    /// arrived too early and the post still has this date.
    /// </summary>
    public async Task ApplyAsync(DueMessage message, CancellationToken cancellationToken)
    {
        if ((await posts.FindForWriteAsync(message.Post, cancellationToken))?.Value is not { } post)
        {
            return;
        }

        if (message.Due <= clock.GetUtcNow())
        {
            await publisher.PublishAsync(post.Source, cancellationToken);
        }
        else if (post.Due == message.Due)
        {
            await queue.SendAsync(message, cancellationToken);
        }
    }

    /// <summary>
    /// Sends a message for each date that has passed, because its message was lost, and for each one within the next
    /// hour that has none.
    /// </summary>
    /// <param name="cancellationToken">Stops the check; the next one does the rest.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var date in await posts.FindDueAsync(now + LooksAhead, cancellationToken))
        {
            if (date.Due <= now || !date.HasMessage)
            {
                await queue.SendAsync(DueMessage.Create(date.Post, date.Source, date.Due), cancellationToken);
            }
        }
    }
}
