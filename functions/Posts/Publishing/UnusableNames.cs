using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>
/// Reports on blobs whose names cannot be used (<see cref="BlobNames"/>). Lists the container and reads no blob.
/// </summary>
public sealed class UnusableNames(UploadFiles uploads, ReportFiles reports)
{
    /// <summary>Writes the report: refused, or withdrawn when the blob is gone. Idempotent.</summary>
    public async Task ReportAsync(string container, string name, CancellationToken cancellationToken)
    {
        UploadReport report;
        var source = UploadReport.SourceFor(container, name);
        do
        {
            report = await uploads.FindListedVersionAsync(container, name, cancellationToken) is { } version
                ? new UploadReport(
                    source,
                    version,
                    UploadOutcome.Refused,
                    [
                        "the file's name begins or ends with a slash, or has two slashes in a row or a folder named "
                            + ". or .. in it: give it another name.",
                    ]
                )
                : new UploadReport(source, UploadReport.NoSource, UploadOutcome.Withdrawn, ["The file is deleted."]);
            await reports.WriteAsync(report, cancellationToken);
        } while (
            report.SourceVersion
            != (await uploads.FindListedVersionAsync(container, name, cancellationToken) ?? UploadReport.NoSource)
        );
    }
}
