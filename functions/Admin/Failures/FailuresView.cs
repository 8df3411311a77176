using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Failures;

/// <summary>View of the failures page.</summary>
/// <param name="Site">Layout data that every page shows.</param>
/// <param name="Refused">Refused uploads, newest first.</param>
/// <param name="HasMoreRefused">True when there may be more refused uploads.</param>
/// <param name="Queues">Poison messages by queue; queues without any are left out.</param>
/// <param name="Settings">One sentence per setting that is not known.</param>
/// <param name="Confirmation">Sentence that confirms the last action; null for none.</param>
public sealed record FailuresView(
    SiteLayout Site,
    IReadOnlyList<RefusedUploadView> Refused,
    bool HasMoreRefused,
    IReadOnlyList<FailedQueueView> Queues,
    IReadOnlyList<string> Settings,
    string? Confirmation
);

/// <summary>A file that was not published.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Date">Time of the report, in the blog's time zone.</param>
/// <param name="Lines">Lines of the report, one sentence each.</param>
/// <param name="EditAddress">Address of the editor; null for a file that the admin area cannot edit.</param>
public sealed record RefusedUploadView(
    string Name,
    DateTimeOffset Date,
    IReadOnlyList<string> Lines,
    string? EditAddress
);

/// <summary>Poison messages of a queue.</summary>
/// <param name="Queue">Name of the queue, without "-poison".</param>
/// <param name="Messages">The oldest messages, with times in the blog's time zone.</param>
/// <param name="HasMore">True when there may be more.</param>
public sealed record FailedQueueView(string Queue, IReadOnlyList<PoisonMessage> Messages, bool HasMore);
