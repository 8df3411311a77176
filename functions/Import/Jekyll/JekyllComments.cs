using ServerlessBlog.Comments;
using ServerlessBlog.Export;
using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Import.Jekyll;

/// <summary>
/// Reads the comments of a Jekyll site: a file of YAML each, in <c>_data/comments/{post}</c>, as Staticman writes them
/// in Markdown, or as exports of Disqus have them in HTML.
/// </summary>
internal sealed partial class JekyllComments
{
    private const string Anonymous = "Anonymous";

    private static readonly string[] Extensions = [".yml", ".yaml", ".json"];

    private readonly string _folder;
    private readonly Dictionary<string, string> _posts = new(StringComparer.Ordinal);

    /// <summary>Finds the posts by the names that folders of comments have.</summary>
    public JekyllComments(string site, IEnumerable<JekyllDocument> posts)
    {
        _folder = Path.Combine(site, "_data", "comments");
        foreach (var post in posts)
        {
            _posts.TryAdd(KeyOf(post.Slug), post.Name);
            _posts.TryAdd(KeyOf(Path.GetFileNameWithoutExtension(post.Path)), post.Name);
        }
    }

    /// <summary>Reads all comments, folder by folder.</summary>
    public IEnumerable<ConvertedComment> Read() =>
        SiteFolder
            .Enumerate(_folder)
            .Where(name => Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase))
            .GroupBy(name => name.Contains('/', StringComparison.Ordinal) ? name[..name.LastIndexOf('/')] : "")
            .SelectMany(ReadThread);

    /// <summary>Upper case and signs differ between names of files and folders of comments.</summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "Addresses are in lower case.")]
    private static string KeyOf(string slug) => JekyllAddress.Slugify(slug, keepsSigns: false).ToLowerInvariant();

    private IEnumerable<ConvertedComment> ReadThread(IGrouping<string, string> folder)
    {
        var post = _posts.GetValueOrDefault(KeyOf(folder.Key[(folder.Key.LastIndexOf('/') + 1)..]));
        var read = folder.Select(name => (Name: name, Fields: ReadFields(name))).ToList();
        var roots = read.Where(one => one.Fields is { } fields && Find(fields, "replying_to") is null or "0")
            .Select(one => IdOf(one.Name, one.Fields!))
            .ToList();
        return read.Select(one =>
            one.Fields is null
                ? new ConvertedComment(PlaceOf(one.Name), post, null)
                {
                    Problem = "it is no YAML of a comment, or larger than 512 KiB",
                }
                : Convert(one.Name, post, one.Fields, roots)
        );
    }

    private IReadOnlyDictionary<string, string?>? ReadFields(string name) =>
        SiteFolder.ReadText(Path.Combine(_folder, name), CommentFields.MaxBytes) is { } text
            ? CommentFields.TryRead(text)
            : null;

    private static ConvertedComment Convert(
        string name,
        string? post,
        IReadOnlyDictionary<string, string?> fields,
        List<string> roots
    )
    {
        List<string> notes = [];
        var author = Find(fields, "name", "author") ?? "";
        if (author.Trim().Length == 0)
        {
            author = Anonymous;
            notes.Add($"it has no name: shown as {Anonymous}");
        }
        else if (author.Length > CommentForm.MaxName)
        {
            author = author[..(CommentForm.MaxName - 1)] + "…";
            notes.Add($"its name is longer than {CommentForm.MaxName} characters, and is cut");
        }

        var isHidden = Find(fields, "hidden") is { } hidden && FieldReader.AsFlag(hidden) == true;
        var website = Find(fields, "url", "website", "link");
        if (
            website is not null
            && new CommentForm("x", "x@example.com", website, "x").TryValidateWriter(out _) is not null
        )
        {
            website = null;
            notes.Add("its website is no address, and is left out");
        }

        var text = Find(fields, "message", "comment", "body", "text") ?? "";
        var comment = new ExportedComment
        {
            Id = IdOf(name, fields),
            Parent = ParentOf(fields, roots),
            Author = author,
            Email = Find(fields, "email") is { } mail && CommentForm.IsAddress(mail) ? mail : null,
            Website = website,
            Text = text,
            Format = IsHtml(fields, text) ? "html" : "markdown",
            Created = TimeOf(fields),
            State = isHidden ? "trash" : "approved",
        };
        return new ConvertedComment(PlaceOf(name), post, comment) { Notes = notes };
    }

    /// <summary>
    /// Exports of Disqus hold HTML, which begins with an element of its own lines. Everything else is Markdown, as
    /// Jekyll's filter markdownify reads it.
    /// </summary>
    private static bool IsHtml(IReadOnlyDictionary<string, string?> fields, string text) =>
        Find(fields, "id") is ['d', 's', 'q', ..] || HtmlBlock().IsMatch(text);

    private static string IdOf(string name, IReadOnlyDictionary<string, string?> fields) =>
        "jekyll:" + (Find(fields, "_id", "id") ?? Path.GetFileNameWithoutExtension(name));

    /// <summary>
    /// Staticman's replying_to is a number among the comments that begin threads, in the order of their files.
    /// </summary>
    private static string? ParentOf(IReadOnlyDictionary<string, string?> fields, List<string> roots) =>
        Find(fields, "replyToId", "reply_to", "parent") is { } id ? "jekyll:" + id
        : int.TryParse(Find(fields, "replying_to"), CultureInfo.InvariantCulture, out var number) && number > 0
            ? roots.ElementAtOrDefault(number - 1) ?? "jekyll:missing"
        : null;

    private static DateTimeOffset TimeOf(IReadOnlyDictionary<string, string?> fields)
    {
        var text = Find(fields, "date", "created_at", "time") ?? "";
        return long.TryParse(text, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and < 253_402_300_799
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time
            : DateSpelling.TryParse(text, out var local, out var offset)
                ? new DateTimeOffset(local, offset ?? TimeSpan.Zero)
            : default;
    }

    private static string? Find(IReadOnlyDictionary<string, string?> fields, params string[] names) =>
        names.Select(name => fields.GetValueOrDefault(name)).FirstOrDefault(text => !string.IsNullOrEmpty(text));

    private static string PlaceOf(string name) => $"_data/comments/{name}";

    [GeneratedRegex(@"^\s*<(?:p|div|blockquote|ul|ol|pre|table)\b[^<>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex HtmlBlock();
}
