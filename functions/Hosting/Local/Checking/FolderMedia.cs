using ServerlessBlog.Hosting.Local.Uploads;
using ServerlessBlog.Media;

namespace ServerlessBlog.Hosting.Local.Checking;

/// <summary>
/// The files of a folder as readers would find them. A file counts in both containers: beside the posts, as when the
/// folder is copied into <c>posts</c>, and in <c>media</c>, as the command <c>upload</c> has it.
/// </summary>
/// <param name="files">All files of the folder.</param>
internal sealed class FolderMedia(IEnumerable<UploadedFile> files) : IMediaLookup
{
    private readonly HashSet<string> _names = new(files.Select(file => file.Name), StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<MediaInfo?> FindAsync(MediaPath path, CancellationToken cancellationToken) =>
        Task.FromResult(_names.Contains(path.Name) ? new MediaInfo(path.TypeByName ?? "", 0, "") : null);
}
