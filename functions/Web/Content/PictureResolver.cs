using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Media;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Web.Content;

/// <summary>What pages know of the blog's own photos: how large they are, and where each of their widths is.</summary>
public sealed partial class PictureResolver(
    MediaFiles files,
    PictureVariants pictures,
    BlogSettings settings,
    ILogger<PictureResolver> logger
)
{
    /// <summary>Those of the addresses that are photos of the blog's own, by address. Absolute ones stay absolute.</summary>
    public async Task<IReadOnlyDictionary<string, ResponsiveImage>> FindAsync(
        IEnumerable<string> addresses,
        CancellationToken cancellationToken
    )
    {
        var found = await Task.WhenAll(
            addresses
                .Distinct()
                .Select(async address => (Address: address, Picture: await FindAsync(address, cancellationToken)))
        );
        return found.Where(pair => pair.Picture is not null).ToDictionary(pair => pair.Address, pair => pair.Picture!);
    }

    /// <summary>The picture above a post.</summary>
    public async Task<PostImage?> LeadAsync(PostPicture? picture, string source, CancellationToken cancellationToken)
    {
        if (picture is null)
        {
            return null;
        }

        var address = LinkResolver.OnPage(source).Resolve(picture.Address);
        var placed = await FindAsync(address, cancellationToken);
        return new PostImage(
            placed?.Address ?? address,
            picture.Alt,
            picture.CreditText,
            picture.CreditAddress,
            placed?.Width,
            placed?.Height,
            placed?.Sources
        );
    }

    /// <summary>Null when it is none of the blog's photos. A page does without what storage does not say now.</summary>
    private async Task<ResponsiveImage?> FindAsync(string address, CancellationToken cancellationToken)
    {
        var site = address.StartsWith(settings.BaseUrl + "/", StringComparison.Ordinal) ? settings.BaseUrl : "";
        if (
            address.AsSpan().ContainsAny('?', '#')
            || !MediaPath.TryOfLink(Uri.UnescapeDataString(address[site.Length..]), out var path)
        )
        {
            return null;
        }

        try
        {
            return
                await files.FindAsync(path, cancellationToken) is { IsPhoto: true } info
                && await pictures.FindAsync(path, info, cancellationToken) is { Picture: { } picture }
                ? Place(site + path.Link, picture)
                : null;
        }
        catch (Exception problem)
            when (StorageErrors.IsStorageError(problem) && !cancellationToken.IsCancellationRequested)
        {
            LogUnknown(path, problem);
            return null;
        }
    }

    private static ResponsiveImage Place(string link, Picture picture)
    {
        var address = $"{link}?v={picture.Hash}";
        return picture.Widths.Count == 0
            ? new ResponsiveImage(address, picture.Width, picture.Height, null, null)
            : new ResponsiveImage(
                address,
                picture.Width,
                picture.Height,
                string.Join(", ", picture.Widths.Select(width => $"{address}&w={width} {width}w")),
                PostImage.Sizes
            );
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Storage does not say what {Picture} is like: it is shown without its size."
    )]
    private partial void LogUnknown(MediaPath picture, Exception problem);
}
