using ServerlessBlog.Media;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Markdown;

namespace ServerlessBlog.Web.Content;

/// <summary>Finds the size, the versioned address and the <c>srcset</c> of the blog's own photos.</summary>
public sealed class PictureResolver(
    MediaFiles files,
    PictureVariants pictures,
    BlogSettings settings,
    StorageCircuit circuit
)
{
    /// <summary>Finds the blog's own photos among picture addresses. Absolute addresses stay absolute.</summary>
    /// <returns>The photos by the address they were asked for with. Other addresses are left out.</returns>
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

    /// <summary>
    /// Builds the lead picture of a post; null when the post has none, or its file does not exist: it would
    /// leave a gap.
    /// </summary>
    public async Task<PostImage?> FindLeadAsync(
        PostPicture? picture,
        string source,
        CancellationToken cancellationToken
    )
    {
        if (picture is null)
        {
            return null;
        }

        var address = LinkResolver.ForPage(source).Resolve(picture.Address);
        var (photo, isMissing) = await LookUpAsync(address, cancellationToken);
        return isMissing
            ? null
            : new PostImage(
                photo?.Address ?? address,
                picture.Alt,
                picture.CreditText,
                picture.CreditAddress,
                photo?.Width,
                photo?.Height,
                photo?.Sources
            )
            {
                Caption = picture.Caption,
            };
    }

    private async Task<ResponsiveImage?> FindAsync(string address, CancellationToken cancellationToken) =>
        (await LookUpAsync(address, cancellationToken)).Photo;

    /// <summary>
    /// Finds one photo. Photo is null for an address that is not a photo of the blog's own, and during a storage
    /// outage, which is logged: the page then shows the picture without its size. IsMissing is true when the address is
    /// one of the blog's own files and there is none.
    /// </summary>
    private async Task<(ResponsiveImage? Photo, bool IsMissing)> LookUpAsync(
        string address,
        CancellationToken cancellationToken
    )
    {
        var site = address.StartsWith(settings.BaseUrl + "/", StringComparison.Ordinal) ? settings.BaseUrl : "";
        if (
            address.AsSpan().ContainsAny('?', '#')
            || !MediaPath.TryParse(Uri.UnescapeDataString(address[site.Length..]), out var link)
        )
        {
            return (null, false);
        }

        try
        {
            if (await files.FindLinkedAsync(link, cancellationToken) is not (var path, var info))
            {
                return (null, true);
            }

            return info.IsPhoto && await pictures.FindAsync(path, info, cancellationToken) is { Picture: { } picture }
                ? (ToResponsiveImage(site + path.Link, picture), false)
                : (null, false);
        }
        catch (Exception problem)
            when (StorageErrors.IsStorageError(problem) && !cancellationToken.IsCancellationRequested)
        {
            circuit.Report(problem);
            return (null, false);
        }
    }

    private static ResponsiveImage ToResponsiveImage(string link, Picture picture)
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
}

/// <summary>The lead picture of a post, shown above its text.</summary>
/// <param name="Address">The address of the picture.</param>
/// <param name="Alt">The alternative text; empty when the picture is decoration.</param>
/// <param name="CreditText">The credit line; null for none.</param>
/// <param name="CreditAddress">The address that the credit line links to; null for no link.</param>
/// <param name="Width">The width in pixels; null when not known.</param>
/// <param name="Height">The height in pixels; null when not known.</param>
/// <param name="Sources">The picture in other widths, as a <c>srcset</c> value; null for none.</param>
public sealed record PostImage(
    string Address,
    string Alt,
    string? CreditText,
    string? CreditAddress,
    int? Width,
    int? Height,
    string? Sources
)
{
    /// <summary>The text under the picture, before the credit; null for none.</summary>
    public string? Caption { get; init; }

    /// <summary>The <c>sizes</c> value of a picture inside the text: as wide as the text.</summary>
    public const string Sizes = "(min-width: 48rem) 44rem, 100vw";

    /// <summary>The <c>sizes</c> value of a small picture beside a post in a list.</summary>
    public const string ThumbnailSizes = "8rem";

    /// <summary>The <c>sizes</c> value of a lead picture: wider than the text where there is room.</summary>
    public const string LeadSizes = "(min-width: 60rem) 54rem, 100vw";
}
