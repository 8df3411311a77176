using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Hosting.Local;

/// <summary>An upload report that a command waits for and prints.</summary>
/// <param name="Name">The name of the file in the output.</param>
/// <param name="Source">The report's <see cref="UploadReport.Source"/>.</param>
/// <param name="Version">The <see cref="UploadReport.SourceVersion"/> to wait for.</param>
/// <param name="Done">The action of the command: uploaded or deleted.</param>
internal sealed record ReportLine(string Name, string Source, string Version, string Done)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollingInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Waits for the report, at most 60 s. IsGood is false when the file was refused or no report came.
    /// </summary>
    public async Task<(bool IsGood, string Line)> AwaitAsync(ReportFiles reports, CancellationToken stop)
    {
        for (var waited = TimeSpan.Zero; waited < Timeout; waited += PollingInterval)
        {
            if (await reports.FindAsync(Source, stop) is { } report && report.SourceVersion == Version)
            {
                return (report.Outcome != UploadOutcome.Refused, Format(report));
            }

            await Task.Delay(PollingInterval, stop);
        }

        var timeout = $"{Done}, but nothing has answered for {Timeout.TotalSeconds:0} s";
        return (false, $"{Name}: {timeout}: is the blog running? Its report will be in the container reports.");
    }

    private string Format(UploadReport report)
    {
        var outcome = report.Outcome == UploadOutcome.Published ? "published at" : report.Outcome.ToWord() + ":";
        return string.Join("\n  ", report.Lines.Skip(1).Prepend($"{Name}: {outcome} {report.Lines[0]}"));
    }
}
