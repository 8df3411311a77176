using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts.Publishing;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// The reports that uploads leave: same name plus <c>.txt</c>. Those that refuse stand in a table too, a row for each file whose last report is one,
/// so that they are found among however many.
/// </summary>
public sealed class ReportFiles(BlogStorage storage)
{
    /// <summary>The most refused uploads that are listed: the newest.</summary>
    public const int MaxRefused = 100;

    /// <summary>So many are looked at for that.</summary>
    private const int MaxLookedAt = 1000;

    private const string Refused = "refused";

    private readonly BlobContainerClient _container = storage.Container(StorageNames.Reports);
    private readonly TableClient _table = storage.Table(StorageNames.PostTable);

    /// <summary>Writes the report over the one before it.</summary>
    /// <remarks>
    /// Whoever writes looks afterwards whether it is still true, and else writes again: so the row agrees with the report in the end, however writers meet. The
    /// report comes last: whoever waits for it finds the row as it says.
    /// </remarks>
    public async Task WriteAsync(UploadReport report, CancellationToken cancellationToken)
    {
        await (
            report.Outcome == UploadOutcome.Refused
                ? _table.UpsertEntityAsync(
                    Row.Create(Refused, ShortHash.Hash(report.Source), report, PostJson.Default.UploadReport),
                    TableUpdateMode.Replace,
                    cancellationToken
                )
                : _table.DeleteEntityAsync(Refused, ShortHash.Hash(report.Source), ETag.All, cancellationToken)
        );
        await _container
            .GetBlobClient(NameOf(report.Source))
            .UploadAsync(
                BinaryData.FromString(report.ToText()),
                new BlobUploadOptions
                {
                    HttpHeaders = new BlobHttpHeaders { ContentType = "text/plain; charset=utf-8" },
                },
                cancellationToken
            );
    }

    /// <summary>The files whose last report refuses them, the newest report first: at most <see cref="MaxRefused"/>.</summary>
    public async Task<IReadOnlyList<RefusedUpload>> RefusedAsync(CancellationToken cancellationToken)
    {
        var rows = await Row.RangeAsync(_table, Refused, "", "~", MaxLookedAt, cancellationToken)
            .Take(MaxLookedAt)
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.OrderByDescending(row => row.Timestamp)
                .Take(MaxRefused)
                .Select(row => new RefusedUpload(Row.Read(row, PostJson.Default.UploadReport), row.Timestamp!.Value)),
        ];
    }

    /// <summary>The last report on a file. Null when there is none.</summary>
    public async Task<UploadReport?> FindAsync(string source, CancellationToken cancellationToken)
    {
        try
        {
            var blob = await _container.GetBlobClient(NameOf(source)).DownloadContentAsync(cancellationToken);
            return UploadReport.TryParse(blob.Value.Content.ToString(), out var report) ? report : null;
        }
        catch (RequestFailedException none) when (none.Status == 404)
        {
            return null;
        }
    }

    private static string NameOf(string source) => source + ".txt";
}
