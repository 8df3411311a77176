using ServerlessBlog.Web.Content;

namespace ServerlessBlog.Web.Layout;

/// <summary>The picture of a page for link previews (https://ogp.me/#structured).</summary>
/// <param name="Address">The absolute address.</param>
/// <param name="Alt">The alternative text; empty for none.</param>
/// <param name="Width">The width in pixels; null when it is not known.</param>
/// <param name="Height">The height in pixels; null when it is not known.</param>
/// <param name="ContentType">The content type; null when it is not known.</param>
public sealed record PreviewPicture(string Address, string Alt, int? Width, int? Height, string? ContentType)
{
    /// <summary>
    /// The smallest picture that X shows large
    /// (https://developer.x.com/en/docs/x-for-websites/cards/overview/summary-card-with-large-image).
    /// </summary>
    private const int MinLargeWidth = 300;
    private const int MinLargeHeight = 157;

    /// <summary>The kind of card that shows the picture (<c>twitter:card</c>).</summary>
    public string Card => Width < MinLargeWidth || Height < MinLargeHeight ? "summary" : "summary_large_image";

    /// <summary>The lead picture of a post; null for an SVG, which previews do not show.</summary>
    /// <param name="image">The lead picture.</param>
    /// <param name="baseUrl">Base address of the blog, without a trailing slash.</param>
    public static PreviewPicture? From(PostImage image, string baseUrl)
    {
        var extension = Path.GetExtension(image.Address.Split('?', '#')[0]);
        return extension.Equals(".svg", StringComparison.OrdinalIgnoreCase)
            ? null
            : new PreviewPicture(
                image.Address.StartsWith('/') ? baseUrl + image.Address : image.Address,
                image.Alt,
                image.Width,
                image.Height,
                TypeOf(extension)
            );
    }

    /// <summary>
    /// The type of a file with this extension. Null for GIF too: one without an animation is served as PNG.
    /// </summary>
    private static string? TypeOf(string extension) =>
        extension.ToUpperInvariant() switch
        {
            ".JPG" or ".JPEG" => "image/jpeg",
            ".PNG" => "image/png",
            ".WEBP" => "image/webp",
            _ => null,
        };
}
