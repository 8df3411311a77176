namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>
/// The name of a Markdown blob in the container <c>posts</c>: 4 to 500 characters, folders separated by slashes, ending
/// in <c>.md</c>.
/// </summary>
public readonly record struct PostFileName
{
    /// <summary>The maximum length in characters.</summary>
    public const int MaxLength = 500;

    /// <summary>The required file extension; compared without regard to case.</summary>
    public const string Extension = ".md";

    private readonly string? _text;

    private PostFileName(string text) => _text = text;

    /// <summary>
    /// Whether the name consists of ASCII letters, digits, hyphens, underscores and inner dots, and so needs no
    /// escaping anywhere. Required of new files created in the admin area.
    /// </summary>
    public bool IsUrlSafe =>
        ToString()
            .Split('/')
            .All(part =>
                part is not ("" or ['.', ..])
                && part.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.')
            );

    /// <summary>Parses outside input. Returns false when no post file can have this name; never throws.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PostFileName name)
    {
        var valid =
            text is { Length: > 3 and <= MaxLength }
            && text.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)
            && !text.Any(char.IsControl)
            && !text.Split('/', '\\').Any(part => part is "" or "." or "..");
        name = valid ? new PostFileName(text!) : default;
        return valid;
    }

    /// <summary>
    /// Derives a file name for a new post from its title: "My first post" gives "my-first-post.md". Returns false when
    /// the title gives no URL-safe name.
    /// </summary>
    public static bool TryFromTitle(string title, out PostFileName name)
    {
        name = default;
        return Slug.TryFromFileName(title.Replace('/', ' ') + Extension, out var slug)
            && TryParse(slug + Extension, out name)
            && name.IsUrlSafe;
    }

    /// <inheritdoc/>
    public override string ToString() => _text ?? "";
}
