using ServerlessBlog.Texts;

namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>Makes a <see cref="PostMetadata"/> of front matter: every field with its limit, every limit with its sentence.</summary>
internal sealed class PostMetadataReader(FieldReader read)
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

    /// <summary>As Hugo and as Jekyll call them.</summary>
    private static readonly string[] AliasFields = ["aliases", "redirect_from"];

    /// <summary>Reads all fields.</summary>
    /// <param name="blobName">Gives the slug when the file names none.</param>
    /// <exception cref="RefusedException">One of them cannot be used.</exception>
    public PostMetadata ReadHead(string blobName)
    {
        var isPage = ReadType();
        return new PostMetadata
        {
            Title = Text("title", MaxTitle)
                ?? throw read.Refuse("title", "a post needs a title: write 'title: ...' in the front matter."),
            Slug = ReadSlug(blobName),
            IsPage = isPage,
            Weight = read.Number("weight", MaxWeight),
            InMenu = (read.Flag("menu") ?? true) && isPage,
            Url = ReadUrl(),
            Aliases = ReadAliases(),
            Date = read.Date("date"),
            Expires = ReadExpiry(),
            Outdated = read.Date("outdated"),
            Tags = ReadTags(),
            Series = Text("series", MaxSeries),
            Summary = Text("summary", MaxSummary),
            Draft = read.Flag("draft") ?? false,
            Featured = read.Flag("featured") ?? false,
            Pinned = read.Flag("pinned") ?? false,
            Contents = read.Flag("toc"),
            Language = ReadLanguage(),
            Author = Text("author", MaxAuthor),
            Picture = ReadPicture(),
            Comments = read.Flag("comments") ?? !isPage,
        };
    }

    private string? Text(string name, int most) => read.Text(name, most);

    private bool ReadType() =>
        Text("type", int.MaxValue) switch
        {
            null or "post" => false,
            "page" => true,
            var text => throw read.Refuse("type", $"'{FieldReader.Quoted(text)}' is not a type: write post or page."),
        };

    private Slug ReadSlug(string blobName)
    {
        if (Text("slug", Slug.MaxLength) is { } text)
        {
            return Slug.TryParse(text, out var slug)
                ? slug
                : throw read.Refuse(
                    "slug",
                    $"'{text}' cannot stand in an address: use a-z, 0-9 and single hyphens between them, at most {Slug.MaxLength} characters."
                );
        }

        return Slug.TryFromFileName(blobName, out var ofFile)
            ? ofFile
            : throw read.Refuse(
                "slug",
                "no address can be made of the file's name: write 'slug: ...' with a-z, 0-9 and hyphens."
            );
    }

    private SitePath? ReadUrl() => Text("url", int.MaxValue) is { } text ? ReadPath("url", text) : null;

    private DateTimeOffset? ReadExpiry() =>
        read.Date("expiryDate") is { } expires
            ? expires <= read.Date("date")
                ? throw read.Refuse(
                    "expiryDate",
                    "the post would be gone before readers see it: write a time after its 'date'."
                )
                : expires
            : null;

    private List<SitePath> ReadAliases()
    {
        var paths = AliasFields
            .SelectMany(name => read.Texts(name).Where(text => text.Length > 0).Select(text => ReadPath(name, text)))
            .DistinctBy(path => path.Key)
            .ToList();
        return paths.Count <= MaxAliases
            ? paths
            : throw read.Refuse(
                read.Texts("aliases").Count > 0 ? "aliases" : "redirect_from",
                $"there are {paths.Count} old addresses: keep at most {MaxAliases}."
            );
    }

    private SitePath ReadPath(string name, string text)
    {
        if (text.AsSpan().ContainsAny('?', '#') || !SitePath.TryParse(Uri.UnescapeDataString(text), out var path))
        {
            throw read.Refuse(
                name,
                $"'{FieldReader.Quoted(text)}' is not a path: write it from the root, such as /2009/old-name.html, without ? and #, at most {SitePath.MaxLength} characters."
            );
        }

        return path.IsReserved
                ? throw read.Refuse(
                    name,
                    $"'{FieldReader.Quoted(text)}' begins with a name that the blog needs for itself: write another one."
                )
            : path.TrySplitComments(out var post, out _)
                ? throw read.Refuse(
                    name,
                    $"'{FieldReader.Quoted(text)}' is where a page of comments stands, of the post at {post.Text}: write another one."
                )
            : path;
    }

    private List<string> ReadTags()
    {
        var tags = read.Texts("tags")
            .SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .DistinctBy(text => Tag.Parse(text).Key)
            .ToList();
        if (tags.Count > MaxTags)
        {
            throw read.Refuse("tags", $"there are {tags.Count} tags: keep at most {MaxTags}.");
        }

        // A browser takes them for steps up the path.
        if (tags.Find(tag => Tag.Parse(tag).Key is "." or "..") is { } dots)
        {
            throw read.Refuse("tags", $"the tag '{dots}' cannot stand in an address: write a word.");
        }

        return tags.Find(tag => tag.Length > Tag.MaxLength) is { } tooLong
            ? throw read.Refuse(
                "tags",
                $"the tag '{FieldReader.Quoted(tooLong)}' has {tooLong.Length} characters: keep at most {Tag.MaxLength}."
            )
            : tags;
    }

    private string? ReadLanguage() =>
        Text("lang", int.MaxValue) switch
        {
            null => null,
            var text when LanguageTag.IsOne(text) => text,
            var text => throw read.Refuse(
                "lang",
                $"'{FieldReader.Quoted(text)}' is not a language: write its tag, such as en, pt-BR or ar."
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
            : throw read.Refuse(
                "image",
                $"'{FieldReader.Quoted(address)}' is not an address: write /media/picture.jpg, the name of a picture beside the post, or an https address."
            );
    }

    /// <summary>"Text", "Text, https://..." or a list of the two.</summary>
    private (string? Text, string? Address) ReadCredit()
    {
        var words = string.Join(", ", read.Texts("image_credit"));
        if (words.Length > MaxCredit + MaxAddress)
        {
            throw read.Refuse(
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
