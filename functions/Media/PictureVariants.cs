namespace ServerlessBlog.Media;

/// <summary>
/// The encoded variants of photos for readers: encoded on the first request and stored from then on. Thread-safe.
/// </summary>
public sealed class PictureVariants(MediaFiles photos, PictureFiles files, EncodingThread thread) : IDisposable
{
    private readonly BoundedCache<(MediaPath Photo, MediaInfo Info), PictureLookup?> _found = new(CacheLimits.Pictures);

    /// <summary>
    /// Finds or creates the variants of a version of a photo. Returns null when the photo is gone or has changed.
    /// </summary>
    /// <param name="photo">The path of the photo.</param>
    /// <param name="info">The properties of the photo, from <see cref="MediaFiles.FindAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the wait, not the encoding: other requests may wait for it too.</param>
    public async ValueTask<PictureLookup?> FindAsync(
        MediaPath photo,
        MediaInfo info,
        CancellationToken cancellationToken
    )
    {
        var found = await _found.GetOrCreateAsync((photo, info), FindOrEncodeAsync, cancellationToken);
        if (found is null)
        {
            Forget(photo, info); // it may come back, as an undeleted blob does
        }

        return found;
    }

    /// <summary>Removes a cached lookup, so that storage is read again.</summary>
    public void Forget(MediaPath photo, MediaInfo info) => _found.Remove((photo, info));

    /// <inheritdoc/>
    public void Dispose() => _found.Dispose();

    private async Task<PictureLookup?> FindOrEncodeAsync((MediaPath Photo, MediaInfo Info) key)
    {
        var (photo, info) = key;
        return await files.FindAsync(photo, info.Version, CancellationToken.None) ?? await EncodeAsync(photo, info);
    }

    private async Task<PictureLookup?> EncodeAsync(MediaPath photo, MediaInfo info)
    {
        if (PictureEncoder.FindSizeProblem(info.Length) is { } tooLarge)
        {
            return await StoreProblemAsync(photo, info, tooLarge);
        }

        using var turn = await thread.WaitForTurnAsync(CancellationToken.None);
        if (await photos.ReadAsync(photo, info, CancellationToken.None) is not { } bytes)
        {
            return null;
        }

        var (encoded, problem) = await turn.RunAsync(() => PictureEncoder.Encode(bytes));
        if (encoded is null)
        {
            return await StoreProblemAsync(photo, info, problem!);
        }

        await files.StoreAsync(photo, info.Version, encoded, CancellationToken.None);
        return new PictureLookup(encoded.Picture, null);
    }

    private async Task<PictureLookup> StoreProblemAsync(MediaPath photo, MediaInfo info, string problem)
    {
        await files.StoreAsync(photo, info.Version, problem, CancellationToken.None);
        return new PictureLookup(null, problem);
    }
}

/// <summary>The outcome of encoding a photo; exactly one of the two is set.</summary>
/// <param name="Picture">The encoded picture; null when the photo cannot be encoded.</param>
/// <param name="Problem">Why the photo cannot be encoded and what the author can do; null when it was.</param>
public sealed record PictureLookup(Picture? Picture, string? Problem);

/// <summary>An encoded photo that readers can get.</summary>
/// <param name="Hash">
/// The hash of its full-size file, for cache busting: 16 characters of A-Z, a-z, 0-9, - and _.
/// </param>
/// <param name="Width">The width in pixels, in upright orientation.</param>
/// <param name="Height">The height in pixels, in upright orientation.</param>
/// <param name="Widths">The available smaller widths in pixels, ascending; empty for a small picture.</param>
public sealed record Picture(string Hash, int Width, int Height, IReadOnlyList<int> Widths);
