using ServerlessBlog.Hosting.Local.Uploads;

namespace ServerlessBlog.Hosting.Local;

/// <summary>The sample posts of a new blog.</summary>
internal static class SamplePosts
{
    /// <summary>Uploads the samples and waits until they are published.</summary>
    public static async Task UploadAsync(BlogStorage storage, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Hosting", "Local", "samples");
        List<UploadedFile> files =
        [
            .. UploadedFile.In(Path.Combine(folder, "media")),
            .. UploadedFile.In(Path.Combine(folder, "posts")),
        ];
        await foreach (
            var _ in UploadCommand.SendAsync(
                storage,
                files,
                new UploadOptions(IsForced: true, IsAnnounced: false),
                cancellationToken
            )
        ) { }
    }
}
