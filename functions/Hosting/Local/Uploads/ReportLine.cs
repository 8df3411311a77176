using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Hosting.Local.Uploads;

/// <summary>An upload report that a command waits for and prints.</summary>
/// <param name="Name">The name of the file in the output.</param>
/// <param name="Source">The report's <see cref="UploadReport.Source"/>.</param>
/// <param name="Version">The <see cref="UploadReport.SourceVersion"/> to wait for.</param>
/// <param name="Done">The action of the command: uploaded or deleted.</param>
internal sealed record ReportLine(string Name, string Source, string Version, string Done)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits for the report, as long as reports come: see <see cref="ReportWait"/>.</summary>
    public async Task<UploadResult> AwaitAsync(ReportFiles reports, ReportWait wait, CancellationToken stop)
    {
        var since = TimeProvider.System.GetTimestamp();
        for (var pause = ShortestPause; ; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks)))
        {
            if (await reports.FindAsync(Source, stop) is { } report && report.SourceVersion == Version)
            {
                wait.NoteAnswer();
                return new UploadResult(Name, report.Outcome, report.Outcome.ToWord(), Format(report));
            }

            if (wait.IsOver(since))
            {
                var timeout = $"{Done}, but nothing has answered for {ReportWait.Timeout.TotalSeconds:0} s";
                return new UploadResult(
                    Name,
                    null,
                    UploadResult.NoReport,
                    $"{timeout}: is the blog running? Its report will be in the container reports."
                );
            }

            await Task.Delay(pause, stop);
        }
    }

    private static string[] Format(UploadReport report)
    {
        var outcome = report.Outcome == UploadOutcome.Published ? "published at" : report.Outcome.ToWord() + ":";
        return [$"{outcome} {report.Lines[0]}", .. report.Lines.Skip(1)];
    }
}

/// <summary>
/// How long a command waits for reports: until none has come for 60 s since the file was uploaded. Once that has
/// happened, it waits for no further one. Safe for any number of threads.
/// </summary>
internal sealed class ReportWait
{
    /// <summary>The maximum time between two reports: 60 s.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private long _lastAnswer;
    private volatile bool _isSilent;

    /// <summary>Notes that a report has come.</summary>
    public void NoteAnswer() => Interlocked.Exchange(ref _lastAnswer, TimeProvider.System.GetTimestamp());

    /// <summary>Whether the wait that began at this timestamp is over.</summary>
    public bool IsOver(long since)
    {
        var from = Math.Max(since, Interlocked.Read(ref _lastAnswer));
        _isSilent |= TimeProvider.System.GetElapsedTime(from) >= Timeout;
        return _isSilent;
    }
}
