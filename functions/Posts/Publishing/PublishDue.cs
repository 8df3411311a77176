using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>Every minute: publishes the posts whose date has come.</summary>
public sealed class PublishDue(PostTable posts, Publisher publisher, TimeProvider clock)
{
    /// <param name="timer">The host's clock.</param>
    /// <param name="cancellationToken">Stops the work; what is left is done the next time.</param>
    [Function(nameof(PublishDue))]
    public async Task RunAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        // Together, so that one that fails holds no other up.
        var due = await posts.DueAsync(clock.GetUtcNow(), cancellationToken);
        await Task.WhenAll(due.Select(source => publisher.PublishAsync(source, cancellationToken)));
    }
}
