using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>The report on the processing of an upload, for its author.</summary>
/// <param name="Source">The report's name, see <see cref="SourceFor"/>.</param>
/// <param name="SourceVersion">The blob's ETag; <see cref="NoSource"/> when the blob was deleted.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Lines">The post's address or the reason, then further notes; one sentence each.</param>
public sealed record UploadReport(
    string Source,
    string SourceVersion,
    UploadOutcome Outcome,
    IReadOnlyList<string> Lines
)
{
    /// <summary>The <see cref="SourceVersion"/> of a deleted blob.</summary>
    public const string NoSource = "none";

    /// <summary>
    /// Returns the name of a blob's report: the blob's name in the container <c>posts</c>, else container/name.
    /// </summary>
    public static string SourceFor(string container, string name) =>
        container == StorageNames.Posts ? name : $"{container}/{name}";

    /// <summary>Whether the name is that of a post file, and not of one in the container <c>media</c>.</summary>
    [JsonIgnore]
    public bool IsOnPost =>
        PostFileName.TryParse(Source, out _) && !Source.StartsWith($"{StorageNames.Media}/", StringComparison.Ordinal);

    /// <summary>Formats the report as text: one "name: value" per line, then the lines of the report.</summary>
    public string ToText() =>
        $"Source: {Source}\nSource-ETag: {SourceVersion}\nOutcome: {Outcome.ToWord()}\n"
        + string.Concat(Lines.Select(line => line.ReplaceLineEndings(" ") + "\n"));

    /// <summary>Parses the result of <see cref="ToText"/>. Returns false for any other text.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out UploadReport? report)
    {
        report =
            text.TrimEnd('\n').Split('\n') is [var source, var version, var outcome, .. var lines]
            && ReadValue(source, "Source") is { } name
            && ReadValue(version, "Source-ETag") is { } etag
            && UploadOutcomes.TryParse(ReadValue(outcome, "Outcome"), out var known)
                ? new UploadReport(name, etag, known, lines)
                : null;
        return report is not null;
    }

    private static string? ReadValue(string line, string name) =>
        line.StartsWith(name + ": ", StringComparison.Ordinal) ? line[(name.Length + 2)..] : null;
}
