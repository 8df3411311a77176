using ServerlessBlog.Texts;

namespace ServerlessBlog.Media;

/// <summary>
/// Where media files are looked for: the blog's containers (<see cref="MediaFiles"/>), or a folder that is checked
/// before it is uploaded.
/// </summary>
public interface IMediaLookup
{
    /// <summary>Reads the properties of the file of exactly this name. Returns null when there is none.</summary>
    Task<MediaInfo?> FindAsync(MediaPath path, CancellationToken cancellationToken);
}

/// <summary>Lookups by the addresses that authors write.</summary>
public static class MediaLookups
{
    /// <summary>
    /// Finds the file that a link names: the one of exactly this name, else one that differs from it in Unicode
    /// normalization only, as names from macOS may. Returns null when there is none.
    /// </summary>
    public static async Task<(MediaPath Path, MediaInfo Info)?> FindLinkedAsync(
        this IMediaLookup files,
        MediaPath link,
        CancellationToken cancellationToken
    )
    {
        string[] names = [link.Name, Nfc.Normalize(link.Name), Nfc.Decompose(link.Name)];
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            if (
                MediaPath.TryFromBlob(link.Container, name, out var path)
                && await files.FindAsync(path, cancellationToken) is { } info
            )
            {
                return (path, info);
            }
        }

        return null;
    }
}
