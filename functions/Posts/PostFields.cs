using System.Globalization;

namespace ServerlessBlog.Posts;

/// <summary>Makes a <see cref="PostHead"/> of front matter: every field with its limit, every limit with its sentence.</summary>
internal sealed class PostFields(FrontMatter matter, TimeZoneInfo zone)
{
    private const int MinYear = 1700;
    private const int MaxYear = 2999;
    private const int MaxQuoted = 60;
    private const int MaxTitle = 200;
    private const int MaxSummary = 1000;
    private const int MaxAuthor = 100;
    private const int MaxTags = 20;
    private const int MaxTag = 50;
    private const int MaxAddress = 500;
    private const int MaxAlt = 500;
    private const int MaxCredit = 300;

    private static readonly string[] LocalDates = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss"];
    private static readonly string[] OffsetDates = ["yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss K", "yyyy-MM-dd HH:mm K"];

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public PostHead ReadHead(string blobName) => new()
    {
        Title = Text("title", MaxTitle) ?? throw new RefusedException(new Problem(
            matter.Fields.TryGetValue("title", out var empty) ? empty.Line : 1,
            matter.Fields.TryGetValue("title", out empty) ? empty.Column : 1,
            "a post needs a title: write 'title: ...' in the front matter.")),
        Slug = ReadSlug(blobName),
        Date = ReadDate(),
        Tags = ReadTags(),
        Summary = Text("summary", MaxSummary),
        Draft = Flag("draft", otherwise: false),
        Author = Text("author", MaxAuthor),
        Picture = ReadPicture(),
        Comments = Flag("comments", otherwise: true),
    };

    /// <summary>One sentence for each field that nothing has read.</summary>
    public List<string> Notes() => [.. matter.Fields
        .Where(field => !_read.Contains(field.Key))
        .Select(field => $"line {field.Value.NameLine}: the field '{field.Key}' is kept, and not used.")];

    private Slug ReadSlug(string blobName)
    {
        if (Text("slug", Slug.MaxLength) is { } text)
        {
            return Slug.TryParse(text, out var slug)
                ? slug
                : throw Refuse("slug", $"'{text}' cannot stand in an address: use a-z, 0-9 and single hyphens between them, at most {Slug.MaxLength} characters.");
        }

        return Slug.TryFromFileName(blobName, out var ofFile)
            ? ofFile
            : throw new RefusedException(new Problem(1, 1, "no address can be made of the file's name: write 'slug: ...' with a-z, 0-9 and hyphens."));
    }

    private DateTimeOffset? ReadDate()
    {
        if (Text("date", int.MaxValue) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(text, OffsetDates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact)
            && text.AsSpan(11).IndexOfAny('Z', '+', '-') > 0)
        {
            return exact.Year is >= MinYear and <= MaxYear ? exact : throw OutOfRange();
        }

        return DateTime.TryParseExact(text, LocalDates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DateTimeOffset(local.Year is >= MinYear and <= MaxYear ? local : throw OutOfRange(), zone.GetUtcOffset(local))
            : throw Refuse("date", $"'{Quoted(text)}' is not a date: write 2026-05-22, 2026-05-22 14:30 or 2026-05-22T14:30:00+02:00.");
    }

    private RefusedException OutOfRange() => Refuse("date", $"the year must be from {MinYear} to {MaxYear}.");

    private List<string> ReadTags()
    {
        var tags = Texts("tags").SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct().ToList();
        if (tags.Count > MaxTags)
        {
            throw Refuse("tags", $"there are {tags.Count} tags: keep at most {MaxTags}.");
        }

        return tags.Find(tag => tag.Length > MaxTag) is { } tooLong
            ? throw Refuse("tags", $"the tag '{Quoted(tooLong)}' has {tooLong.Length} characters: keep at most {MaxTag}.")
            : tags;
    }

    private PostPicture? ReadPicture()
    {
        var (address, alt, credit) = (Text("image", MaxAddress), Text("image_alt", MaxAlt), ReadCredit());
        if (address is null)
        {
            return null;
        }

        return IsWebAddress(address) || (address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal))
            ? new PostPicture(address, alt ?? "", credit.Text, credit.Address)
            : throw Refuse("image", $"'{address}' is not an address: write /media/picture.jpg or an https address.");
    }

    /// <summary>"Text", "Text, https://..." or a list of the two.</summary>
    private (string? Text, string? Address) ReadCredit()
    {
        var words = string.Join(", ", Texts("image_credit"));
        if (words.Length > MaxCredit + MaxAddress)
        {
            throw Refuse("image_credit", $"it has {words.Length} characters: keep at most {MaxCredit + MaxAddress}.");
        }

        var space = words.LastIndexOf(' ');
        return IsWebAddress(words[(space + 1)..])
            ? (words[..Math.Max(space, 0)].TrimEnd(',', ' ') is { Length: > 0 } text ? text : words, words[(space + 1)..])
            : (words.Length > 0 ? words : null, null);
    }

    private bool Flag(string name, bool otherwise) => Text(name, int.MaxValue) switch
    {
        null => otherwise,
        "true" or "True" or "TRUE" or "yes" => true,
        "false" or "False" or "FALSE" or "no" => false,
        var text => throw Refuse(name, $"'{Quoted(text)}' is neither true nor false: write one of the two."),
    };

    /// <summary>The field's text; null when it is not there or empty.</summary>
    private string? Text(string name, int most)
    {
        var texts = Texts(name);
        if (texts.Count > 1)
        {
            throw Refuse(name, $"'{name}' must be one text, not a list.");
        }

        return texts is not [var text] || text.Length == 0
            ? null
            : text.Length <= most ? text : throw Refuse(name, $"'{name}' has {text.Length} characters: keep at most {most}.");
    }

    private IReadOnlyList<string> Texts(string name)
    {
        _read.Add(name);
        return matter.Fields.TryGetValue(name, out var field)
            ? field.Texts ?? throw Refuse(name, $"'{name}' must be a text or a list of texts.")
            : [];
    }

    private static string Quoted(string text) => text.Length <= MaxQuoted ? text : text[..MaxQuoted] + "...";

    private RefusedException Refuse(string name, string sentence)
    {
        var field = matter.Fields[name];
        return new RefusedException(new Problem(field.Line, field.Column, sentence));
    }

    private static bool IsWebAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
}
