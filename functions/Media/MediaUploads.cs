using System.Security.Cryptography;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Media;

/// <summary>Takes a file that an author sends from the desk into the container <c>media</c>: under a plain name, and over no other.</summary>
public sealed class MediaUploads(MediaFiles files)
{
    /// <summary>The most bytes of a file: 25 MiB, as of any photo.</summary>
    public const int MaxBytes = PictureEncoder.MaxBytes;

    private static readonly string[] Photos = ["image/jpeg", "image/png", "image/webp"];

    /// <summary>Takes it. When its name is taken, a part of its hash comes after it: so the same file sent again is there once.</summary>
    /// <param name="sent">The name that its author's machine gives it.</param>
    /// <param name="content">Its bytes; can seek.</param>
    /// <param name="cancellationToken">The author has gone; it may have been taken.</param>
    public async Task<MediaUploadResult> TakeAsync(string sent, Stream content, CancellationToken cancellationToken)
    {
        var name = MediaName.FromFileName(sent);
        var path = PathOf(name);
        if (FindProblem(path, content.Length) is { } problem)
        {
            return new MediaUploadResult(null, problem);
        }

        if (!await files.AddAsync(path, content, cancellationToken))
        {
            content.Position = 0;
            var hash = Convert.ToHexStringLower((await SHA256.HashDataAsync(content, cancellationToken)).AsSpan(0, 6));
            path = PathOf(name with { Stem = $"{name.Stem}-{hash}" });
            content.Position = 0;
            await files.AddAsync(path, content, cancellationToken); // there already: the same file
        }

        return new MediaUploadResult(path, null);
    }

    private static string? FindProblem(MediaPath path, long length)
    {
        if (!path.IsForReaders)
        {
            return $"{path.Name} is neither picture, sound, film nor PDF, as its name says: choose another file.";
        }

        if (new MediaInfo(path.TypeByName!, length, "").IsPhoto && !Photos.Contains(path.TypeByName))
        {
            return $"{path.Name} is a picture of a kind that browsers or the blog cannot read: save it as JPEG, PNG or WebP.";
        }

        return length switch
        {
            0 => $"{path.Name} is empty: choose another file.",
            > MaxBytes => $"{path.Name} has {length:N0} bytes: make it smaller, at most {MaxBytes:N0} (25 MiB).",
            _ => null,
        };
    }

    private static MediaPath PathOf(MediaName name) =>
        MediaPath.TryOfBlob(StorageNames.Media, name.ToString(), out var path)
            ? path
            : throw new InvalidDataException($"{name} names no file.");
}
