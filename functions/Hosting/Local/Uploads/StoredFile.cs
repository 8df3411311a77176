namespace ServerlessBlog.Hosting.Local.Uploads;

/// <summary>The place of a file in one of the author's containers.</summary>
/// <param name="Container">The container.</param>
/// <param name="Name">The name of the blob.</param>
internal sealed record StoredFile(string Container, string Name)
{
    /// <summary>The place that a file is uploaded to.</summary>
    public static StoredFile From(UploadedFile file) => new(file.Container, file.Name);
}
