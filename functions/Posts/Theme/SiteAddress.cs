using ServerlessBlog.Media;

namespace ServerlessBlog.Posts.Theme;

/// <summary>Checks the addresses in <c>theme/site.yml</c>, which pages show as they were written.</summary>
internal static class SiteAddress
{
    private static readonly string[] Photos = [".png", ".jpg", ".jpeg", ".webp"];

    /// <summary>Whether it is a path from the root, or an absolute http, https or mailto address.</summary>
    public static bool IsLink(string url) =>
        IsRootedPath(url)
        || IsWeb(url)
        || (IsPlain(url) && Uri.TryCreate(url, UriKind.Absolute, out var mail) && mail.Scheme == Uri.UriSchemeMailto);

    /// <summary>Whether it is an absolute http or https address.</summary>
    public static bool IsWeb(string url) =>
        IsPlain(url)
        && Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https"
        && address.Host.Length > 0;

    /// <summary>
    /// Parses a mail address or an https address as a URI; false when it is neither.
    /// </summary>
    public static bool TryParseContact(string text, [NotNullWhen(true)] out string? uri)
    {
        var isMail = !text.Contains(':', StringComparison.Ordinal);
        uri =
            IsPlain(text)
            && Uri.TryCreate(isMail ? $"{Uri.UriSchemeMailto}:{text}" : text, UriKind.Absolute, out var address)
            && (
                address.Scheme == Uri.UriSchemeHttps
                || (address.Scheme == Uri.UriSchemeMailto && address.UserInfo.Length > 0 && address.Host.Length > 0)
            )
                ? address.AbsoluteUri
                : null;
        return uri is not null;
    }

    /// <summary>Whether it is the path of a PNG, JPEG or WebP picture of the blog's own.</summary>
    public static bool IsOwnPhoto(string path) =>
        IsOwnPicture(path) && Photos.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it is the path of a picture of the blog's own.</summary>
    public static bool IsOwnPicture(string path) =>
        IsRootedPath(path)
        && MediaPath.TryParse(Uri.UnescapeDataString(path), out var media)
        && media.TypeByName?.StartsWith("image/", StringComparison.Ordinal) is true;

    private static bool IsRootedPath(string url) => IsPlain(url) && url is ['/'] or ['/', not ('/' or '\\'), ..];

    private static bool IsPlain(string url) => !url.Any(sign => char.IsWhiteSpace(sign) || char.IsControl(sign));
}
