namespace ServerlessBlog.Posts.Publishing;

/// <summary>A file that was not accepted as it lies there.</summary>
/// <param name="Report">Why.</param>
/// <param name="Time">When the report was written.</param>
public sealed record RefusedUpload(UploadReport Report, DateTimeOffset Time);
