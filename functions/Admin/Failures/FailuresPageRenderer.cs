using ServerlessBlog.Hosting.Failures;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Admin.Failures;

/// <summary>Makes the page of the desk that shows what went wrong.</summary>
public sealed class FailuresPageRenderer(
    ReportFiles reports,
    PoisonQueues queues,
    UnknownSettings unknown,
    AdminPageResults results,
    BlogSettings settings
)
{
    /// <summary>About so many messages are put back at once: a request has its time.</summary>
    public const int MaxRetried = 320;

    /// <summary>Everything that went wrong, the newest of each kind.</summary>
    /// <param name="done">What has just been done; null for nothing.</param>
    /// <param name="cancellationToken">The moderator has gone.</param>
    public async Task<IResult> AllAsync(string? done, CancellationToken cancellationToken)
    {
        var (listing, refused) = (queues.ListAsync(cancellationToken), await reports.RefusedAsync(cancellationToken));
        var messages = await listing;
        return await results.PageAsync(
            site =>
                FailuresPage.Create(
                    new FailuresView(
                        site,
                        [.. refused.Select(ViewOf)],
                        refused.Count == ReportFiles.MaxRefused,
                        [.. messages.GroupBy(message => message.Queue).Select(ViewOf)],
                        unknown.Problems,
                        done
                    )
                ),
            cancellationToken
        );
    }

    /// <summary>What is said when messages were put back.</summary>
    public static string Said(string queue, int count) =>
        count switch
        {
            0 => $"There was no message to put back into the queue {queue}.",
            1 => $"1 message was put back into the queue {queue}.",
            < MaxRetried => $"{count} messages were put back into the queue {queue}.",
            _ => $"{count} messages were put back into the queue {queue}; there may be more.",
        };

    private RefusedUploadView ViewOf(RefusedUpload refused) =>
        new(
            refused.Report.Source,
            settings.Local(refused.Time),
            refused.Report.Lines,
            EditAddressOf(refused.Report.Source)
        );

    private static string? EditAddressOf(string source) =>
        PostFileName.TryParse(source, out var name)
        && !source.StartsWith(StorageNames.Media + "/", StringComparison.Ordinal)
            ? AdminPaths.EditPostNamed(name.ToString())
            : null;

    private FailedQueueView ViewOf(IGrouping<string, PoisonMessage> queue) =>
        new(
            queue.Key,
            [
                .. queue.Select(message =>
                    message with
                    {
                        Since = message.Since is { } since ? settings.Local(since) : null,
                        History =
                        [
                            .. message.History.Select(entry => entry with { Time = settings.Local(entry.Time) }),
                        ],
                    }
                ),
            ],
            queue.Count() == PoisonQueues.MaxShown
        );
}
