using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Hosting.Local;

/// <summary>A report that a command waits for and prints.</summary>
/// <param name="Name">What the file is called in the output.</param>
/// <param name="Source">The report's <see cref="UploadReport.Source"/>.</param>
/// <param name="Version">The <see cref="UploadReport.SourceVersion"/> to wait for.</param>
/// <param name="Done">What the command did to the file: uploaded or deleted.</param>
internal sealed record ReportLine(string Name, string Source, string Version, string Done)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for the report, at most 60 s. Not good: the file was refused, or no report came.</summary>
    public async Task<(bool IsGood, string Line)> AwaitAsync(ReportFiles reports, CancellationToken stop)
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Pause)
        {
            if (await reports.FindAsync(Source, stop) is { } report && report.SourceVersion == Version)
            {
                return (report.Outcome != UploadOutcome.Refused, TextOf(report));
            }

            await Task.Delay(Pause, stop);
        }

        var silence = $"{Done}, but nothing has answered for {Patience.TotalSeconds:0} s";
        return (false, $"{Name}: {silence}: is the blog running? Its report will be in the container reports.");
    }

    private string TextOf(UploadReport report)
    {
        var outcome = report.Outcome == UploadOutcome.Published ? "published at" : report.Outcome.ToWord() + ":";
        return string.Join("\n  ", report.Lines.Skip(1).Prepend($"{Name}: {outcome} {report.Lines[0]}"));
    }
}
