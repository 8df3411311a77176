namespace ServerlessBlog.Media;

/// <summary>
/// The picture that link previews show of a page that has none of its own: its title on the colours of the blog.
/// </summary>
/// <param name="Title">The title of the page.</param>
/// <param name="Line">The line below it: the title of the blog, or what the blog is about. May be empty.</param>
/// <param name="Accent">The colour of links and buttons in the light scheme, 0xRRGGBB.</param>
public sealed record SocialCard(string Title, string Line, int Accent)
{
    /// <summary>The width in pixels: what OpenGraph's users recommend.</summary>
    public const int Width = 1200;

    /// <summary>The height in pixels.</summary>
    public const int Height = 630;

    /// <summary>The content type of the picture.</summary>
    public const string ContentType = "image/png";

    /// <summary>To be raised when cards are drawn differently.</summary>
    private const string Drawing = "1";

    /// <summary>A hash of all that the picture shows: 32 hexadecimal digits.</summary>
    public string Version =>
        ShortHash.Hash(string.Create(CultureInfo.InvariantCulture, $"{Drawing}\n{Accent:x6}\n{Line}\n{Title}"));
}
