using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Failures;

/// <summary>What went wrong with what is done while nobody waits.</summary>
/// <param name="Site">What every page shows.</param>
/// <param name="Refused">Uploads that were not accepted, the newest first.</param>
/// <param name="HasMoreRefused">Whether there may be more of them.</param>
/// <param name="Queues">Messages that failed too often, by queue; none for a queue that has none.</param>
/// <param name="Settings">A sentence for each setting that the blog does not know.</param>
/// <param name="Confirmation">What has just been done; null for nothing.</param>
public sealed record FailuresView(
    SiteLayout Site,
    IReadOnlyList<RefusedUploadView> Refused,
    bool HasMoreRefused,
    IReadOnlyList<FailedQueueView> Queues,
    IReadOnlyList<string> Settings,
    string? Confirmation
);
