using ServerlessBlog.Hosting.Failures;

namespace ServerlessBlog.Admin.Failures;

/// <summary>A queue's messages that failed too often.</summary>
/// <param name="Queue">The queue's name.</param>
/// <param name="Messages">The messages, their times in the blog's time zone.</param>
/// <param name="HasMore">Whether there may be more.</param>
public sealed record FailedQueueView(string Queue, IReadOnlyList<PoisonMessage> Messages, bool HasMore);
