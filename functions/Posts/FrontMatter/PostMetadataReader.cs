using ServerlessBlog.Texts;

namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>Reads all fields of the front matter into a <see cref="PostMetadata"/> and enforces their limits.</summary>
internal sealed class PostMetadataReader(FieldReader fields)
{
    private const int MaxTitle = 200;
    private const int MaxSummary = 1000;
    private const int MaxAuthor = 100;
    private const int MaxTags = 20;
    private const int MaxSeries = 100;
    private const int MaxWeight = 1_000_000;
    private const int MaxAliases = 30;
    private const int MaxAddress = 500;
    private const int MaxAlt = 500;
    private const int MaxCredit = 300;

    /// <summary>The field names of Hugo and of Jekyll.</summary>
    private static readonly string[] AliasFields = ["aliases", "redirect_from"];

    /// <summary>Reads all fields.</summary>
    /// <param name="blobName">The blob's name; the slug is derived from it when the front matter has none.</param>
    /// <exception cref="RefusedException">A field is missing or invalid.</exception>
    public PostMetadata ReadMetadata(string blobName)
    {
        var isPage = ReadType();
        return new PostMetadata
        {
            Title = Text("title", MaxTitle)
                ?? throw fields.Refuse("title", "a post needs a title: write 'title: ...' in the front matter."),
            Slug = ReadSlug(blobName),
            SlugIsGiven = Text("slug", Slug.MaxLength) is not null,
            IsPage = isPage,
            Weight = fields.Number("weight", MaxWeight),
            InMenu = (fields.Flag("menu") ?? true) && isPage,
            Url = ReadUrl(),
            Aliases = ReadAliases(),
            Date = fields.Date("date"),
            Expires = ReadExpiry(),
            Outdated = fields.Date("outdated"),
            Tags = ReadTags(),
            Series = Text("series", MaxSeries) is { } series ? Nfc.Normalize(series) : null,
            Summary = Text("summary", MaxSummary),
            Draft = fields.Flag("draft") ?? false,
            Featured = fields.Flag("featured") ?? false,
            Pinned = fields.Flag("pinned") ?? false,
            Contents = fields.Flag("toc"),
            Language = ReadLanguage(),
            Author = Text("author", MaxAuthor),
            Picture = ReadPicture(),
            Comments = fields.Flag("comments") ?? !isPage,
        };
    }

    private string? Text(string name, int maxLength) => fields.Text(name, maxLength);

    private bool ReadType() =>
        Text("type", int.MaxValue) switch
        {
            null or "post" => false,
            "page" => true,
            var text => throw fields.Refuse(
                "type",
                $"'{FieldReader.Shorten(text)}' is not a type: write post or page."
            ),
        };

    private Slug ReadSlug(string blobName)
    {
        if (Text("slug", Slug.MaxLength) is { } text)
        {
            return Slug.TryParse(text, out var slug)
                ? slug
                : throw fields.Refuse(
                    "slug",
                    $"'{text}' cannot stand in an address: use letters, digits, hyphens, dots and underscores, "
                        + $"at most {Slug.MaxLength} characters."
                );
        }

        return Slug.TryFromFileName(blobName, out var fromFile, ReadLanguage())
            ? fromFile
            : throw fields.Refuse(
                "slug",
                "no address can be made of the file's name: write 'slug: ...' with letters, digits and hyphens."
            );
    }

    private SitePath? ReadUrl() => Text("url", int.MaxValue) is { } text ? ReadPath("url", text) : null;

    private DateTimeOffset? ReadExpiry() =>
        fields.Date("expiryDate") is { } expires
            ? expires <= fields.Date("date")
                ? throw fields.Refuse(
                    "expiryDate",
                    "the post would be gone before readers see it: write a time after its 'date'."
                )
                : expires
            : null;

    private List<SitePath> ReadAliases()
    {
        var paths = AliasFields
            .SelectMany(name => fields.Texts(name).Where(text => text.Length > 0).Select(text => ReadPath(name, text)))
            .DistinctBy(path => path.Key)
            .ToList();
        return paths.Count <= MaxAliases
            ? paths
            : throw fields.Refuse(
                fields.Texts("aliases").Count > 0 ? "aliases" : "redirect_from",
                $"there are {paths.Count} old addresses: keep at most {MaxAliases}."
            );
    }

    private SitePath ReadPath(string name, string text)
    {
        if (
            text.AsSpan().ContainsAny('?', '#')
            || !SitePath.TryParse(Nfc.Normalize(Uri.UnescapeDataString(text)), out var path)
        )
        {
            throw fields.Refuse(
                name,
                $"'{FieldReader.Shorten(text)}' is not a path: write it from the root, such as "
                    + $"/2009/old-name.html, without ? and #, at most {SitePath.MaxLength} characters."
            );
        }

        return path.IsReserved
                ? throw fields.Refuse(
                    name,
                    $"'{FieldReader.Shorten(text)}' begins with a name that the blog needs for itself: "
                        + "write another one."
                )
            : path.TrySplitCommentsPage(out var post, out var number) && number > 1
                ? throw fields.Refuse(
                    name,
                    $"'{FieldReader.Shorten(text)}' is where a page of comments stands, of the post at "
                        + $"{post.Text}: write another one."
                )
            : path;
    }

    private List<string> ReadTags()
    {
        var tags = fields
            .Texts("tags")
            .SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(Nfc.Normalize)
            .DistinctBy(text => Tag.Parse(text).Key)
            .ToList();
        if (tags.Count > MaxTags)
        {
            throw fields.Refuse("tags", $"there are {tags.Count} tags: keep at most {MaxTags}.");
        }

        // A browser resolves "." and ".." in a path as dot segments (RFC 3986, section 5.2.4).
        if (tags.Find(tag => Tag.Parse(tag).Key is "." or "..") is { } dots)
        {
            throw fields.Refuse("tags", $"the tag '{dots}' cannot stand in an address: write a word.");
        }

        return tags.Find(tag => tag.Length > Tag.MaxLength) is { } tooLong
            ? throw fields.Refuse(
                "tags",
                $"the tag '{FieldReader.Shorten(tooLong)}' has {tooLong.Length} characters: keep at most "
                    + $"{Tag.MaxLength}."
            )
            : tags;
    }

    private string? ReadLanguage() =>
        Text("lang", int.MaxValue) switch
        {
            null => null,
            var text when LanguageTag.IsValid(text) => text,
            var text => throw fields.Refuse(
                "lang",
                $"'{FieldReader.Shorten(text)}' is not a language: write its tag, such as en, pt-BR or ar."
            ),
        };

    private PostPicture? ReadPicture()
    {
        var (address, alt, credit) = (Text("image", MaxAddress), Text("image_alt", MaxAlt), ReadCredit());
        if (address is null)
        {
            return null;
        }

        return
            IsWebAddress(address)
            || !(address.Contains(':', StringComparison.Ordinal) || address.StartsWith("//", StringComparison.Ordinal))
            ? new PostPicture(address, alt ?? "", credit.Text, credit.Address)
            : throw fields.Refuse(
                "image",
                $"'{FieldReader.Shorten(address)}' is not an address: write /media/picture.jpg, the name "
                    + "of a picture beside the post, or an https address."
            );
    }

    /// <summary>Reads the credit: "Text", "Text, https://..." or a list of the two.</summary>
    private (string? Text, string? Address) ReadCredit()
    {
        var words = string.Join(", ", fields.Texts("image_credit"));
        if (words.Length > MaxCredit + MaxAddress)
        {
            throw fields.Refuse(
                "image_credit",
                $"it has {words.Length} characters: keep at most {MaxCredit + MaxAddress}."
            );
        }

        var space = words.LastIndexOf(' ');
        return IsWebAddress(words[(space + 1)..])
            ? (
                words[..Math.Max(space, 0)].TrimEnd(',', ' ') is { Length: > 0 } text ? text : words,
                words[(space + 1)..]
            )
            : (words.Length > 0 ? words : null, null);
    }

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
}
