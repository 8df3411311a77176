using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Webhooks;

/// <summary>Tells the webhooks of new posts and of refused ones.</summary>
public sealed class PostWebhooks(WebhookOutbox outbox, PostTable posts, BlogSettings settings, TimeProvider clock)
    : IPostChangeHandler,
        IUploadReportHandler
{
    /// <summary>
    /// The maximum number of lines of a report in a message, and of characters in one of them: the whole is in the
    /// admin area.
    /// </summary>
    private const int MaxLines = 10;

    private const int MaxLineLength = 500;

    /// <inheritdoc/>
    public async Task HandleAsync(PostChangedMessage message, CancellationToken cancellationToken)
    {
        if (
            outbox.HasAny
            && (await posts.FindForWriteAsync(message.Changed, cancellationToken))?.Value is { } post
            && post.IsNewAt(clock.GetUtcNow())
        )
        {
            await outbox.AddAsync(
                $"hook-published-{post.Id}",
                new WebhookEvent<PostData>(WebhookEventTypes.PostPublished, post.Date, DataOf(post)),
                WebhookJson.Readable.WebhookEventPostData,
                cancellationToken
            );
        }
    }

    /// <inheritdoc/>
    public async Task HandleAsync(UploadReport report, CancellationToken cancellationToken)
    {
        if (outbox.HasAny && report is { Outcome: UploadOutcome.Refused, IsOnPost: true })
        {
            var lines = report.Lines.Take(MaxLines).Select(line => line[..Math.Min(line.Length, MaxLineLength)]);
            await outbox.AddAsync(
                $"hook-refused-{ShortHash.Hash($"{report.Source} {report.SourceVersion}")}",
                new WebhookEvent<RefusalData>(
                    WebhookEventTypes.PostRefused,
                    clock.GetUtcNow(),
                    new RefusalData(report.Source, [.. lines], settings.BaseUrl + AdminPaths.Failures)
                ),
                WebhookJson.Readable.WebhookEventRefusalData,
                cancellationToken
            );
        }
    }

    private PostData DataOf(Post post) =>
        new(
            post.Id.ToString(),
            post.Metadata.Title,
            settings.BaseUrl + post.Path.Link,
            post.Metadata.Summary,
            post.Metadata.Tags
        );
}
