namespace ServerlessBlog.Hosting.Failures;

/// <summary>A message that failed too often.</summary>
/// <param name="Queue">The queue it came from.</param>
/// <param name="Text">What it says.</param>
/// <param name="Since">When it was put aside; null when the queue does not say.</param>
/// <param name="History">What went wrong, oldest first; empty when nothing is known: it could not be decoded, or its handler died each time.</param>
public sealed record PoisonMessage(
    string Queue,
    string Text,
    DateTimeOffset? Since,
    IReadOnlyList<FailedAttempt> History
)
{
    private const int MaxShown = 300;

    /// <summary>What people are shown of its text: at most 300 characters.</summary>
    public string Excerpt => Text.Length > MaxShown ? Text[..MaxShown] + "..." : Text;
}
