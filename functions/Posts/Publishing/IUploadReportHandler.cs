namespace ServerlessBlog.Posts.Publishing;

/// <summary>Does what follows from the report on a post's file. The webhooks implement it.</summary>
public interface IUploadReportHandler
{
    /// <summary>Handles a report. Idempotent: it is called again for every repeated message.</summary>
    Task HandleAsync(UploadReport report, CancellationToken cancellationToken);
}
