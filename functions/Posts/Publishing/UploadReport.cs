using System.Diagnostics.CodeAnalysis;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>What became of an upload, for its author.</summary>
/// <param name="Source">The blob's name.</param>
/// <param name="SourceVersion">The blob's ETag; "none" when it was deleted.</param>
/// <param name="Outcome">What was done.</param>
/// <param name="Lines">More, one sentence each.</param>
public sealed record UploadReport(
    string Source,
    string SourceVersion,
    UploadOutcome Outcome,
    IReadOnlyList<string> Lines
)
{
    /// <summary>The version of a file that is not there.</summary>
    public const string NoSource = "none";

    /// <summary>Under which name a blob's report lies: that of the blob, below the name of its container unless that is posts.</summary>
    public static string SourceOf(string container, string name) =>
        container == StorageNames.Posts ? name : $"{container}/{name}";

    /// <summary>As text: a name and a value a line.</summary>
    public string ToText() =>
        $"Source: {Source}\nSource-ETag: {SourceVersion}\nOutcome: {Outcome.ToWord()}\n{string.Concat(Lines.Select(line => line.ReplaceLineEndings(" ") + "\n"))}";

    /// <summary>Reads what <see cref="ToText"/> wrote. False for anything else.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out UploadReport? report)
    {
        report =
            text.TrimEnd('\n').Split('\n') is [var source, var version, var outcome, .. var lines]
            && Value(source, "Source") is { } name
            && Value(version, "Source-ETag") is { } etag
            && UploadOutcomes.TryParse(Value(outcome, "Outcome"), out var known)
                ? new UploadReport(name, etag, known, lines)
                : null;
        return report is not null;
    }

    private static string? Value(string line, string name) =>
        line.StartsWith(name + ": ", StringComparison.Ordinal) ? line[(name.Length + 2)..] : null;
}
