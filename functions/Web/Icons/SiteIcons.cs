using ServerlessBlog.Media;
using ServerlessBlog.Posts.Theme;

namespace ServerlessBlog.Web.Icons;

/// <summary>Finds the picture that the blog's icons are made of, and draws them.</summary>
public sealed class SiteIcons(MediaFiles files, PictureVariants pictures, PictureFiles encoded, EncodingThread thread)
{
    /// <summary>The version of the built-in icon: to be raised when it is drawn differently.</summary>
    public const string BuiltInVersion = "1";

    /// <summary>
    /// The smallest width, in pixels, that the largest icon is drawn from. A larger picture is not read in full.
    /// </summary>
    private const int MinWidth = 960;

    /// <summary>
    /// The version of the icons, which changes with their picture; <see cref="BuiltInVersion"/> when the profile names
    /// none, or one that does not exist.
    /// </summary>
    public async Task<string> FindVersionAsync(SiteProfile profile, CancellationToken cancellationToken) =>
        await FindAsync(profile, cancellationToken) is { } found ? found.Picture.Hash : BuiltInVersion;

    /// <summary>Draws an icon as PNG.</summary>
    /// <param name="profile">Names the picture.</param>
    /// <param name="side">The side of the icon in pixels.</param>
    /// <param name="isOpaque">True for a white background, false for none.</param>
    /// <param name="cancellationToken">Cancels the reads.</param>
    public async Task<byte[]> DrawAsync(
        SiteProfile profile,
        int side,
        bool isOpaque,
        CancellationToken cancellationToken
    )
    {
        var picture = await ReadAsync(profile, cancellationToken);
        return (picture is null ? null : await DrawAsync(picture, side, isOpaque, cancellationToken))
            ?? IconEncoder.ToPng(null, side, isOpaque)!;
    }

    private async Task<byte[]?> DrawAsync(byte[] picture, int side, bool isOpaque, CancellationToken cancellationToken)
    {
        using var turn = await thread.WaitForTurnAsync(cancellationToken);
        return await turn.RunAsync(() => IconEncoder.ToPng(picture, side, isOpaque));
    }

    private async Task<byte[]?> ReadAsync(SiteProfile profile, CancellationToken cancellationToken)
    {
        if (await FindAsync(profile, cancellationToken) is not { } found)
        {
            return null;
        }

        var width = found.Picture.Widths.Where(width => width >= MinWidth).Cast<int?>().FirstOrDefault();
        if (await encoded.OpenAsync(found.Path, found.Info.Version, width, cancellationToken) is not { } file)
        {
            return null;
        }

        await using var content = file.Content;
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }

    private async Task<(MediaPath Path, MediaInfo Info, Picture Picture)?> FindAsync(
        SiteProfile profile,
        CancellationToken cancellationToken
    ) =>
        profile.Icon is { } icon
        && MediaPath.TryParse(Uri.UnescapeDataString(icon), out var link)
        && await files.FindLinkedAsync(link, cancellationToken) is var (path, info)
        && info.IsPhoto
        && await pictures.FindAsync(path, info, cancellationToken) is { Picture: { } picture }
            ? (path, info, picture)
            : null;
}
