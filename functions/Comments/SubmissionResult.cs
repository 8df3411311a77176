using ServerlessBlog.Texts;

namespace ServerlessBlog.Comments;

/// <summary>What became of what somebody wrote.</summary>
/// <param name="Comment">The comment as it is kept; null when it was refused.</param>
/// <param name="Error">Why it was refused.</param>
/// <param name="Problems">What is to be said of each thing that is wrong, by the field's name in the form; or "form" for all of it.</param>
/// <param name="Wait">How long to wait before sending it again; zero when waiting changes nothing.</param>
public sealed record SubmissionResult(
    Comment? Comment,
    SubmissionError Error,
    IReadOnlyDictionary<string, TextReference> Problems,
    TimeSpan Wait = default
);
