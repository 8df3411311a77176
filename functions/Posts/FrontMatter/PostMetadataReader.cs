using ServerlessBlog.Texts;

namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>Reads all fields of the front matter into a <see cref="PostMetadata"/> and enforces their limits.</summary>
/// <param name="fields">The fields.</param>
/// <param name="categoriesAreTags">Whether categories become tags.</param>
internal sealed class PostMetadataReader(FieldReader fields, bool categoriesAreTags = true)
{
    private const int MaxTitle = 200;
    private const int MaxSummary = 1000;
    private const int MaxSeries = 100;
    private const int MaxTranslationKey = 100;
    private const int MaxFeedId = 500;
    private const int MaxWeight = 1_000_000;

    /// <summary>The names of the last change, in Hugo, Jekyll and other programs.</summary>
    private static readonly string[] UpdatedNames = ["lastmod", "last_modified_at", "updated", "modified"];

    /// <summary>Reads all fields.</summary>
    /// <param name="blobName">
    /// The blob's name; slug and date are derived from it when the front matter has none.
    /// </param>
    /// <exception cref="RefusedException">A field is missing or invalid.</exception>
    public PostMetadata ReadMetadata(string blobName)
    {
        var isPage = ReadType();
        var isDated = PostFileName.TrySplitDate(blobName, out var day, out var fileName);
        var date = ReadDate() ?? (isDated ? AtMidnight(day) : null);
        var slug = AddressFields.ReadSlug(fields, fileName, ReadLanguage());
        var categories = TagFields.ReadCategories(fields);
        var metadata = new PostMetadata
        {
            Title = fields.Prose("title", MaxTitle) ?? "",
            Slug = slug,
            IsSlugGiven = fields.Text("slug", int.MaxValue) is not null,
            IdFile = ReadIdFile(blobName),
            IsPage = isPage,
            Weight = fields.Number("weight", MaxWeight),
            InMenu = (fields.Flag("menu") ?? true) && isPage,
            Url = AddressFields.ReadUrl(fields, slug, date, categories),
            FeedId = fields.Text("guid", MaxFeedId),
            Aliases = AddressFields.ReadAliases(fields),
            Date = date,
            Updated = fields.Date(fields.FirstOf(UpdatedNames)),
            Expires = ReadExpiry(date),
            Outdated = fields.Date("outdated"),
            Tags = TagFields.ReadTags(fields, categoriesAreTags),
            Category = categories.Count > 0 ? categories[0] : null,
            Series = Text("series", MaxSeries) is { } series ? Nfc.Normalize(series) : null,
            TranslationKey = Text("translationKey", MaxTranslationKey) is { } key ? Nfc.Normalize(key) : null,
            Summary = fields.Prose(fields.FirstOf("summary", "description", "excerpt"), MaxSummary),
            Draft = (fields.Flag("draft") ?? false) || ReadPublished().Flag == false,
            Featured = fields.Flag("featured") ?? false,
            Pinned = fields.Flag("pinned") ?? false,
            Contents = fields.Flag("toc"),
            Language = ReadLanguage(),
            Author = Text("author", Author.MaxLength),
            Picture = PictureFields.Read(fields),
            Comments = fields.Flag("comments") ?? !isPage,
        };
        CheckTitle(metadata.Title);
        return metadata;
    }

    /// <summary>
    /// Reads the name of the file that this one takes the place of; null for none. Other programs use the field for
    /// names of their own, so a value that is no file's name is not used.
    /// </summary>
    public string? ReadIdFile(string blobName)
    {
        if (Text("id", int.MaxValue) is not { } text || text == blobName)
        {
            return null;
        }

        if (PostFileName.TryParse(text, out _))
        {
            return text;
        }

        fields.Note("id", "the field 'id' is kept, and not used: it is not the name of a file, such as old-name.md.");
        return null;
    }

    /// <summary>Checked last: only then it is known which fields of the file are not read.</summary>
    private void CheckTitle(string title)
    {
        if (title.Length == 0)
        {
            var meant = fields.FindMisspelled("title") is { } field
                ? $" Line {field.Line} has '{field.Name}': did you mean 'title'?"
                : "";
            throw fields.Refuse("title", $"a post needs a title: write 'title: ...' in the front matter.{meant}");
        }

        if (!DisplayText.IsVisible(title))
        {
            throw fields.Refuse("title", "a title needs a character that readers see: write 'title: ...' with words.");
        }
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

    /// <summary>Reads the time of publication; null when no field has it.</summary>
    private DateTimeOffset? ReadDate()
    {
        var published = ReadPublished().Date;
        return fields.Date(
            published is null
                ? fields.FirstOf("date", "publishDate", "pubDate")
                : fields.FirstOf("date", "publishDate", "pubDate", "published")
        );
    }

    /// <summary>Reads the field 'published': a Boolean as in Jekyll, or a date as in Hugo.</summary>
    private (bool? Flag, DateTimeOffset? Date) ReadPublished() =>
        Text("published", int.MaxValue) switch
        {
            null => (null, null),
            var text when FieldReader.AsFlag(text) is { } flag => (flag, null),
            var text when DateSpelling.TryParse(text, out _, out _) => (null, fields.Date("published")),
            var text => throw fields.Refuse(
                "published",
                $"'{FieldReader.Shorten(text)}' is neither true nor false: write one of the two, or a date."
            ),
        };

    private DateTimeOffset AtMidnight(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, fields.Zone.GetUtcOffset(local));
    }

    private DateTimeOffset? ReadExpiry(DateTimeOffset? date) =>
        fields.Date("expiryDate") is { } expires
            ? expires <= date
                ? throw fields.Refuse(
                    "expiryDate",
                    "the post would be gone before readers see it: write a time after its 'date'."
                )
                : expires
            : null;

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
}
