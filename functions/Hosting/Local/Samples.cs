namespace ServerlessBlog.Hosting.Local;

/// <summary>The posts that a new blog begins with.</summary>
internal static class Samples
{
    /// <summary>Uploads them, pictures first.</summary>
    public static async Task UploadAsync(BlogStorage storage, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Hosting", "Local", "samples");
        foreach (var file in UploadedFile.In(Path.Combine(folder, "media")).Concat(UploadedFile.In(Path.Combine(folder, "posts"))))
        {
            await file.SendAsync(storage, cancellationToken);
        }
    }
}
