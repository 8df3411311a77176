using System.Diagnostics;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessBlog.Posts.Publishing;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// The reports on uploads: a blob with the upload's name plus <c>.txt</c> and, while the last report is a refusal, a
/// row in the post table, so that refusals can be listed without reading all reports.
/// </summary>
public sealed class ReportFiles(BlogStorage storage)
{
    /// <summary>The maximum number of refused uploads that are listed, the newest.</summary>
    public const int MaxRefused = 100;

    /// <summary>The maximum number of rows that are read to find the newest.</summary>
    private const int MaxRowsRead = 1000;

    private const string RefusedPartition = "refused";

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WaitStep = TimeSpan.FromMilliseconds(100);

    private readonly BlobContainerClient _container = storage.Container(StorageNames.Reports);
    private readonly TableClient _table = storage.Table(StorageNames.PostTable);

    /// <summary>Replaces the file's report.</summary>
    /// <remarks>
    /// Callers check afterwards whether the report is still true and write again if it is not, so row and report agree
    /// in the end whatever the order of concurrent writers. The blob is written last: code that waits for it finds the
    /// row up to date.
    /// </remarks>
    public async Task WriteAsync(UploadReport report, CancellationToken cancellationToken)
    {
        await (
            report.Outcome == UploadOutcome.Refused
                ? _table.UpsertEntityAsync(
                    Row.Create(RefusedPartition, ShortHash.Hash(report.Source), report, PostJson.Default.UploadReport),
                    TableUpdateMode.Replace,
                    cancellationToken
                )
                : _table.DeleteEntityAsync(RefusedPartition, ShortHash.Hash(report.Source), ETag.All, cancellationToken)
        );
        await _container
            .GetBlobClient(BlobNameFor(report.Source))
            .UploadAsync(
                BinaryData.FromString(report.ToText()),
                new BlobUploadOptions
                {
                    HttpHeaders = new BlobHttpHeaders { ContentType = "text/plain; charset=utf-8" },
                },
                cancellationToken
            );
        BlogTelemetry.UploadReported(report.Outcome.ToWord());
    }

    /// <summary>
    /// Lists the files whose last report is a refusal, newest first, at most <see cref="MaxRefused"/>.
    /// </summary>
    public async Task<IReadOnlyList<RefusedUpload>> ListRefusedAsync(CancellationToken cancellationToken)
    {
        var rows = await RowRange
            .ReadAsync(_table, RefusedPartition, "", "~", MaxRowsRead, cancellationToken)
            .Take(MaxRowsRead)
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.OrderByDescending(row => row.Timestamp)
                .Take(MaxRefused)
                .Select(row => new RefusedUpload(Row.Read(row, PostJson.Default.UploadReport), row.Timestamp!.Value)),
        ];
    }

    /// <summary>
    /// Lists the post files whose last report is a refusal, newest first, at most 1,000; one storage call.
    /// </summary>
    public async Task<IReadOnlyList<RefusedUpload>> ListRefusedPostsAsync(CancellationToken cancellationToken)
    {
        var rows = await RowRange
            .ReadAsync(_table, RefusedPartition, "", "~", MaxRowsRead, cancellationToken)
            .Take(MaxRowsRead)
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.OrderByDescending(row => row.Timestamp)
                .Select(row => new RefusedUpload(Row.Read(row, PostJson.Default.UploadReport), row.Timestamp!.Value))
                .Where(refused => refused.Report.IsOnPost),
        ];
    }

    /// <summary>Counts the files whose last report is a refusal, up to a maximum; one storage call.</summary>
    public async Task<int> CountRefusedAsync(int most, CancellationToken cancellationToken) =>
        await RowRange
            .ReadAsync(_table, RefusedPartition, "", "~", most, cancellationToken)
            .Take(most)
            .CountAsync(cancellationToken);

    /// <summary>Reads the last report on a file; null when there is none or it cannot be parsed.</summary>
    public async Task<UploadReport?> FindAsync(string source, CancellationToken cancellationToken)
    {
        try
        {
            var blob = await _container.GetBlobClient(BlobNameFor(source)).DownloadContentAsync(cancellationToken);
            return UploadReport.TryParse(blob.Value.Content.ToString(), out var report) ? report : null;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>
    /// Waits until there is a report on a version of a file, at most 2 s. A page that is shown then has its result.
    /// </summary>
    public async Task WaitAsync(string source, string version, CancellationToken cancellationToken)
    {
        var waiting = Stopwatch.StartNew();
        while (waiting.Elapsed < MaxWait && (await FindAsync(source, cancellationToken))?.SourceVersion != version)
        {
            await Task.Delay(WaitStep, cancellationToken);
        }
    }

    /// <summary>A source that is no usable name of a blob has its slashes percent-encoded.</summary>
    private static string BlobNameFor(string source) =>
        (BlobNames.IsUsable(source) ? source : source.Replace("/", "%2F", StringComparison.Ordinal)) + ".txt";
}

/// <summary>A file whose present version was refused.</summary>
/// <param name="Report">The report with the reason.</param>
/// <param name="Time">The time at which the report was written.</param>
public sealed record RefusedUpload(UploadReport Report, DateTimeOffset Time);
