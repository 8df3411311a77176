using Microsoft.Extensions.Caching.Memory;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Media;

/// <summary>What readers get of photos: made when somebody first asks, kept from then on.</summary>
public sealed class PictureVariants(MediaFiles photos, PictureFiles files) : IDisposable
{
    private const int MaxRemembered = 10_000;

    private readonly SingleFlight<(MediaPath Photo, MediaInfo Info), PictureLookup?> _making = new();

    /// <summary>A version of a photo never changes, so neither does what is known of it.</summary>
    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    /// <summary>One at a time: a large one takes 160 MB while it is drawn.</summary>
    private readonly SemaphoreSlim _drawing = new(1);

    /// <summary>What there is of a photo. Null when it is another one by now, or gone.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="info">What <see cref="MediaFiles.FindAsync"/> has said of it.</param>
    /// <param name="cancellationToken">Ends the waiting, not the making: others may wait for it too.</param>
    public ValueTask<PictureLookup?> FindAsync(MediaPath photo, MediaInfo info, CancellationToken cancellationToken) =>
        _known.TryGetValue<PictureLookup>((photo, info.Version), out var known)
            ? ValueTask.FromResult(known)
            : new ValueTask<PictureLookup?>(_making.GetAsync((photo, info), FindOrMakeAsync, cancellationToken));

    /// <summary>Storage is asked again what there is of a photo.</summary>
    public void Forget(MediaPath photo, MediaInfo info) => _known.Remove((photo, info.Version));

    /// <inheritdoc/>
    public void Dispose()
    {
        _known.Dispose();
        _drawing.Dispose();
    }

    private async Task<PictureLookup?> FindOrMakeAsync((MediaPath Photo, MediaInfo Info) asked)
    {
        var (photo, info) = asked;
        var found = await files.FindAsync(photo, info.Version, CancellationToken.None) ?? await MakeAsync(photo, info);
        if (found is not null)
        {
            _known.Set((photo, info.Version), found, new MemoryCacheEntryOptions { Size = 1 });
        }

        return found;
    }

    private async Task<PictureLookup?> MakeAsync(MediaPath photo, MediaInfo info)
    {
        if (info.Length > PictureEncoder.MaxBytes)
        {
            return await RefuseAsync(
                photo,
                info,
                $"the picture has {info.Length:N0} bytes: make it smaller, at most {PictureEncoder.MaxBytes:N0} (25 MiB)."
            );
        }

        await _drawing.WaitAsync();
        try
        {
            if (await photos.ReadAsync(photo, info, CancellationToken.None) is not { } bytes)
            {
                return null;
            }

            var (made, problem) = await Task.Run(() => PictureEncoder.Make(bytes));
            if (made is null)
            {
                return await RefuseAsync(photo, info, problem!);
            }

            await files.KeepAsync(photo, info.Version, made, CancellationToken.None);
            return new PictureLookup(made.Picture, null);
        }
        finally
        {
            _drawing.Release();
        }
    }

    private async Task<PictureLookup> RefuseAsync(MediaPath photo, MediaInfo info, string problem)
    {
        await files.KeepAsync(photo, info.Version, problem, CancellationToken.None);
        return new PictureLookup(null, problem);
    }
}
