namespace ServerlessBlog.Media;

/// <summary>
/// Stores files that an author uploads in the admin area in the container <c>media</c>, under a safe name and without
/// overwriting any.
/// </summary>
public sealed class MediaUploads(MediaFiles files)
{
    /// <summary>Maximum size of a file, in bytes: 25 MiB, the limit for photos.</summary>
    public const int MaxBytes = PictureEncoder.MaxBytes;

    private static readonly string[] Photos = ["image/jpeg", "image/png", "image/webp", "image/gif"];

    /// <summary>
    /// Stores a file. When there is another one with its name, a part of its hash is appended to the name. A file that
    /// is stored already is not stored again.
    /// </summary>
    /// <param name="fileName">The file name on the author's machine.</param>
    /// <param name="content">The content; must be seekable.</param>
    /// <param name="cancellationToken">Cancelled when the request is aborted; the file may have been stored.</param>
    public async Task<MediaUploadResult> StoreAsync(
        string fileName,
        Stream content,
        CancellationToken cancellationToken
    )
    {
        var name = MediaName.FromFileName(fileName);
        var path = PathOf(name);
        if (FindProblem(path, content.Length) is { } problem)
        {
            return new MediaUploadResult(null, problem);
        }

        if (await files.AddAsync(path, content, cancellationToken))
        {
            return new MediaUploadResult(path, null);
        }

        content.Position = 0;
        var hash = await SHA256.HashDataAsync(content, cancellationToken);
        if (!await HasContentAsync(path, content.Length, hash, cancellationToken))
        {
            path = PathOf(name with { Stem = $"{name.Stem}-{Convert.ToHexStringLower(hash.AsSpan(0, 6))}" });
            content.Position = 0;
            await files.AddAsync(path, content, cancellationToken); // false when the same file was stored before
        }

        return new MediaUploadResult(path, null);
    }

    private async Task<bool> HasContentAsync(
        MediaPath path,
        long length,
        byte[] hash,
        CancellationToken cancellationToken
    ) =>
        await files.FindAsync(path, cancellationToken) is { } stored
        && stored.Length == length
        && await files.ReadAsync(path, stored, cancellationToken) is { } bytes
        && SHA256.HashData(bytes).AsSpan().SequenceEqual(hash);

    private static string? FindProblem(MediaPath path, long length)
    {
        if (!path.IsForReaders)
        {
            return $"{path.Name} is neither picture, sound, film nor PDF, as its name says: choose another file.";
        }

        if (new MediaInfo(path.TypeByName!, length, "").IsPhoto && !Photos.Contains(path.TypeByName))
        {
            return $"{path.Name} is a picture of a kind that browsers or the blog cannot read: "
                + "save it as JPEG, PNG or WebP.";
        }

        return length switch
        {
            0 => $"{path.Name} is empty: choose another file.",
            > MaxBytes => $"{path.Name} has {length:N0} bytes: make it smaller, at most {MaxBytes:N0} (25 MiB).",
            _ => null,
        };
    }

    private static MediaPath PathOf(MediaName name) =>
        MediaPath.TryFromBlob(StorageNames.Media, name.ToString(), out var path)
            ? path
            : throw new InvalidDataException($"{name} names no file.");
}

/// <summary>The result of an upload.</summary>
/// <param name="Path">The path of the stored file; null when the file was rejected.</param>
/// <param name="Problem">Why the file was rejected, in one sentence; null when it was stored.</param>
public sealed record MediaUploadResult(MediaPath? Path, string? Problem);
