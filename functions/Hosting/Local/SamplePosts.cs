using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Hosting.Local;

/// <summary>The posts that a new blog begins with.</summary>
internal static class SamplePosts
{
    /// <summary>Uploads them, and waits until they can be read.</summary>
    public static async Task UploadAsync(BlogStorage storage, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Hosting", "Local", "samples");
        List<UploadedFile> files =
        [
            .. UploadedFile.In(Path.Combine(folder, "media")),
            .. UploadedFile.In(Path.Combine(folder, "posts")),
        ];
        await foreach (var _ in UploadCommand.SendAsync(storage, files, cancellationToken)) { }
    }
}
