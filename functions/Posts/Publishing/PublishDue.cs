using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>
/// Timer, every minute: publishes posts whose date has come, and applies other dates that have passed. Once a day, adds
/// posts of earlier versions to the lists for authors.
/// </summary>
public sealed class PublishDue(PostTable posts, Publisher publisher, StatusListFill fill, TimeProvider clock)
{
    /// <param name="timer">The timer's schedule status; not used.</param>
    /// <param name="cancellationToken">Cancels the run; posts that are still due are processed by the next one.</param>
    [Function(nameof(PublishDue))]
    public async Task RunAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        // All at once, so that a post that fails does not delay the others.
        var due = await posts.FindDueAsync(clock.GetUtcNow(), cancellationToken);
        await Task.WhenAll(due.Select(source => publisher.PublishAsync(source, cancellationToken)));
        await fill.RunDailyAsync(cancellationToken);
    }
}
