namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>
/// The name of a post's blob in the container <c>posts</c>: at most 500 characters, folders separated by slashes,
/// ending in <c>.md</c> or <c>.markdown</c> for Markdown, in <c>.html</c> for HTML.
/// </summary>
public readonly partial record struct PostFileName
{
    /// <summary>The maximum length in characters.</summary>
    public const int MaxLength = 500;

    /// <summary>The extension of new files.</summary>
    public const string Extension = ".md";

    private const string LongExtension = ".markdown";
    private const string HtmlExtension = ".html";

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
            text is { Length: <= MaxLength }
            && HasPostExtension(text)
            && Path.GetFileNameWithoutExtension(text).Length > 0
            && !text.Any(char.IsControl)
            && !text.Split('/', '\\').Any(part => part is "" or "." or "..");
        name = valid ? new PostFileName(text!) : default;
        return valid;
    }

    /// <summary>Whether a file of this name is Markdown.</summary>
    public static bool IsMarkdown(string name) => Ends(name, Extension) || Ends(name, LongExtension);

    /// <summary>Whether a file of this name is HTML, which can be a post.</summary>
    public static bool IsHtml(string name) => Ends(name, HtmlExtension);

    /// <summary>Whether a file of this name can be a post.</summary>
    public static bool HasPostExtension(string name) => IsMarkdown(name) || IsHtml(name);

    /// <summary>
    /// Splits the date off a name as Jekyll has it: "2019-03-02-name.md", or "2019-03-02-name/index.md", gives the date
    /// and "name.md". Returns false, and the name unchanged, when it does not begin with a date.
    /// </summary>
    public static bool TrySplitDate(string blobName, out DateOnly date, out string undatedName)
    {
        var parts = blobName.Split('/');
        var isIndex = Path.GetFileNameWithoutExtension(parts[^1]).Equals("index", StringComparison.OrdinalIgnoreCase);
        var place = isIndex && parts.Length > 1 ? parts.Length - 2 : parts.Length - 1;
        var match = Dated().Match(parts[place]);
        var isDated = DateOnly.TryParseExact(
            match.Groups["date"].Value,
            "yyyy-M-d",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out date
        );
        if (isDated)
        {
            parts[place] = match.Groups["name"].Value;
        }

        undatedName = string.Join('/', parts);
        return isDated;
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

    private static bool Ends(string name, string extension) =>
        name.EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^(?<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})-(?<name>(?![.][^.]*$).+)$")]
    private static partial Regex Dated();
}
