using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Admin.Failures;

/// <summary>Renders the admin page of refused uploads, poison messages and unknown settings.</summary>
public sealed class FailuresPageRenderer(
    ReportFiles reports,
    PoisonQueues queues,
    UnknownSettings unknown,
    AdminPageResults results,
    BlogSettings settings
)
{
    /// <summary>
    /// Approximate maximum of messages that one request moves back from a poison queue: the host limits its time.
    /// </summary>
    public const int MaxRetried = 320;

    /// <summary>The page, with the newest refused uploads and the oldest messages of each poison queue.</summary>
    /// <param name="confirmation">Sentence about messages that were just moved back; null for none.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    public async Task<IResult> ShowAsync(string? confirmation, CancellationToken cancellationToken)
    {
        var (listing, refused) = (
            queues.ListAsync(cancellationToken),
            await reports.ListRefusedAsync(cancellationToken)
        );
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
                        confirmation
                    )
                ),
            cancellationToken
        );
    }

    /// <summary>Sentence about messages that were moved back from the poison queue.</summary>
    /// <param name="texts">The texts of the blog.</param>
    /// <param name="queue">Name of the queue.</param>
    /// <param name="count">Number of messages.</param>
    public static string RetrySentence(SiteTexts texts, string queue, int count)
    {
        if (count == 0)
        {
            return texts.Format("failures.retried-none", ("queue", queue));
        }

        var sentence = texts.Count("failures.retried", count, ("queue", queue));
        return count < MaxRetried ? sentence : $"{sentence} {texts["failures.retry-more"]}";
    }

    private RefusedUploadView ViewOf(RefusedUpload refused) =>
        new(
            refused.Report.Source,
            settings.ToLocalTime(refused.Time),
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
                        Since = message.Since is { } since ? settings.ToLocalTime(since) : null,
                        History =
                        [
                            .. message.History.Select(entry => entry with { Time = settings.ToLocalTime(entry.Time) }),
                        ],
                    }
                ),
            ],
            queue.Count() == PoisonQueues.MaxShown
        );
}
