using ServerlessBlog.Posts.Publishing;

namespace ServerlessBlog.Hosting.Local.Uploads;

/// <summary>What came of one file that a command uploaded or deleted.</summary>
/// <param name="Name">The name of the file in the output.</param>
/// <param name="Outcome">The outcome in the report; null when none was waited for, or none came.</param>
/// <param name="Summary">The outcome as it is counted in the summary: one word, or "without a report".</param>
/// <param name="Lines">The lines to print after the name; without any, the summary is printed.</param>
internal sealed record UploadResult(string Name, UploadOutcome? Outcome, string Summary, params string[] Lines)
{
    /// <summary>The summary of a file that storage has already.</summary>
    public const string Unchanged = "unchanged";

    /// <summary>The summary of a file that got no report in time.</summary>
    public const string NoReport = "without a report";

    /// <summary>False when the file was refused or got no report.</summary>
    public bool IsGood => Outcome != UploadOutcome.Refused && Summary != NoReport;

    /// <summary>The result as printed: the name, a colon, and the lines, indented from the second on.</summary>
    public string Text => $"{Name}: {(Lines.Length == 0 ? Summary : string.Join("\n  ", Lines))}";
}
