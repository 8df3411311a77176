using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Posts.Theme;

/// <summary>
/// Reads <c>theme/site.yml</c>. A value that cannot be used leaves the default of its key and a note; it does not
/// affect the others.
/// </summary>
public sealed class SiteProfileReader
{
    /// <summary>The maximum number of posts on a page of a list.</summary>
    public const int MaxPostsPerPage = 50;

    /// <summary>The maximum number of links in each list of links.</summary>
    public const int MaxLinks = 20;

    private const int MaxTagline = 200;
    private const int MaxDescription = 500;
    private const int MaxName = 60;
    private const int MaxUrl = 500;
    private const int MaxNotes = 50;

    /// <summary>The lowest contrast of text with its background (WCAG 2.2, success criterion 1.4.3).</summary>
    private const double MinContrast = 4.5;

    /// <summary>The backgrounds of the built-in stylesheet (<c>--paper</c>), light and dark.</summary>
    private static readonly (string Light, string Dark) Paper = ("#fdfcf9", "#191816");

    private readonly FieldReader _fields;
    private readonly List<string> _notes = [];
    private readonly Dictionary<string, string> _invalid = new(StringComparer.Ordinal);

    private static readonly Dictionary<string, string> NoneInvalid = [];

    private SiteProfileReader(FieldReader fields) => _fields = fields;

    /// <summary>Parses the file. Never throws.</summary>
    public static SiteProfileResult Read(string yaml)
    {
        try
        {
            var fields = new FieldReader(YamlFields.Read(yaml.TrimStart('\uFEFF'), firstLine: 1), TimeZoneInfo.Utc);
            var reader = new SiteProfileReader(fields);
            var profile = reader.ReadProfile();
            IReadOnlyList<string> notes = [.. reader._notes, .. fields.AllNotes()];
            return new SiteProfileResult(
                profile,
                null,
                notes.Count <= MaxNotes ? notes : [.. notes.Take(MaxNotes), $"and {notes.Count - MaxNotes} more."],
                fields.NamesRead,
                reader._invalid
            );
        }
        catch (RefusedException refused)
        {
            return new SiteProfileResult(SiteProfile.Default, refused.Problem.ToString(), [], [], NoneInvalid);
        }
    }

    private SiteProfile ReadProfile()
    {
        var accent = Try("accent", ReadAccent) ?? new FieldReader(new Dictionary<string, Field>(), TimeZoneInfo.Utc);
        return new SiteProfile
        {
            Tagline = Try("tagline", () => _fields.Prose("tagline", MaxTagline)),
            Description = Try("description", () => _fields.Prose("description", MaxDescription)),
            Logo = Try("logo", ReadLogo),
            Icon = Try("icon", ReadIcon),
            Social = ReadLinks("social"),
            Footer = ReadLinks("footer"),
            Language = Try("language", ReadLanguage),
            SecurityContact = Try("security", ReadSecurityContact),
            PostsPerPage = Try("posts_per_page", ReadPostsPerPage) ?? SiteProfile.Default.PostsPerPage,
            WholePosts = Try("list", () => ReadExtent("list")) is "whole",
            FeedExcerpts = Try("feed", () => ReadExtent("feed")) is "excerpts",
            LightAccent = Try("accent.light", () => ReadColor(accent, "light", Paper.Light)),
            DarkAccent = Try("accent.dark", () => ReadColor(accent, "dark", Paper.Dark)),
        };
    }

    /// <summary>Reads a value; null, with a note, when it cannot be used.</summary>
    private T? Try<T>(string key, Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (RefusedException refused)
        {
            _notes.Add(refused.Problem.ToString());
            _invalid.TryAdd(key, refused.Problem.Sentence);
            return default;
        }
    }

    private SiteLogo? ReadLogo()
    {
        var inner = _fields.Inner("logo");
        var isAlone = inner is null ? null : Try("logo.alone", () => inner.Flag("alone"));
        var address = inner is null ? _fields.Text("logo", MaxUrl) : inner.Text("picture", MaxUrl);
        return address is null && inner is null ? null
            : address is not null && (SiteAddress.IsOwnPicture(address) || SiteAddress.IsWeb(address))
                ? new SiteLogo(address, isAlone is true)
            : throw _fields.Refuse(
                "logo",
                "write the path of a picture, such as /media/logo.png, or its https address."
            );
    }

    private string? ReadIcon() =>
        _fields.Text("icon", MaxUrl) switch
        {
            null => null,
            var path when SiteAddress.IsOwnPhoto(path) => path,
            _ => throw _fields.Refuse(
                "icon",
                "write the path of a PNG, JPEG or WebP picture of the blog's own, such as /media/icon.png."
            ),
        };

    private string? ReadLanguage() =>
        _fields.Text("language", MaxName) is not { } tag ? null
        : LanguageTag.IsValid(tag) ? tag
        : throw _fields.Refuse("language", "write a language tag such as en, de or pt-BR.");

    /// <summary>Reads a mail address or an https address, as a URI.</summary>
    private string? ReadSecurityContact() =>
        _fields.Text("security", MaxUrl) switch
        {
            null => null,
            var text when SiteAddress.TryParseContact(text, out var uri) => uri,
            _ => throw _fields.Refuse(
                "security",
                "write a mail address, or the https address of a page that says how to report a security problem."
            ),
        };

    private int? ReadPostsPerPage() =>
        _fields.Text("posts_per_page", MaxName) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number is >= 1 and <= MaxPostsPerPage
            ? number
        : throw _fields.Refuse("posts_per_page", $"write a number from 1 to {MaxPostsPerPage}.");

    private string? ReadExtent(string name) =>
        _fields.Text(name, MaxName) switch
        {
            null => null,
            "excerpts" => "excerpts",
            "whole" => "whole",
            _ => throw _fields.Refuse(name, "write excerpts or whole."),
        };

    private FieldReader? ReadAccent() =>
        _fields.Value("accent") is { Fields: null, Text: not "" }
            ? throw _fields.Refuse("accent", "write two lines below it: light: and dark:, each with a colour.")
            : _fields.Inner("accent");

    private static CssColor? ReadColor(FieldReader accent, string name, string paper)
    {
        if (accent.Text(name, MaxName) is not { } text)
        {
            return accent.Value(name) is null
                ? null
                : throw accent.Refuse(
                    name,
                    "it is empty: # begins a remark in YAML, so put quotation marks around it."
                );
        }

        if (!CssColor.TryParse(text, out var color) || !CssColor.TryParse(paper, out var background))
        {
            throw accent.Refuse(
                name,
                "write a colour as \"#rrggbb\" with its quotation marks, or as rgb(), hsl() or oklch() with numbers."
            );
        }

        var contrast = color.ContrastWith(background);
        if (contrast < MinContrast)
        {
            accent.Note(
                name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'accent.{name}' is hard to read: its contrast with the background {paper} is {contrast:0.0} to 1"
                        + $"; take a {(name == "light" ? "darker" : "lighter")} one, with at least {MinContrast} to 1."
                )
            );
        }

        return color;
    }

    private List<SiteLink> ReadLinks(string name)
    {
        var links = new List<SiteLink>();
        if (_fields.Value(name) is not { } value || value.Text == "")
        {
            return links;
        }

        foreach (var item in value.Items ?? [value])
        {
            if (Try(name, () => ReadLink(name, item)) is { } link)
            {
                links.Add(link);
            }
        }

        if (links.Count > MaxLinks)
        {
            _fields.Note(name, $"'{name}' has {links.Count} links: the first {MaxLinks} are shown.");
        }

        return [.. links.Take(MaxLinks)];
    }

    private SiteLink ReadLink(string list, FieldValue item)
    {
        if (item.Fields is not { } fields)
        {
            throw Refuse(item, $"in '{list}': write each link as two lines, - name: and url: below it.");
        }

        var reader = new FieldReader(fields, TimeZoneInfo.Utc, $"{list}.");
        var (name, url) = (reader.Prose("name", MaxName), reader.Text("url", MaxUrl));
        _notes.AddRange(reader.AllNotes());
        return name is null ? throw Refuse(item, $"in '{list}': this link has no name: add one.")
            : url is null ? throw Refuse(item, $"in '{list}': the link '{name}' has no url: add one.")
            : SiteAddress.IsLink(url) ? new SiteLink(name, url)
            : throw reader.Refuse(
                "url",
                "write an address that begins with https://, http:// or mailto:, or a path such as /about."
            );
    }

    private static RefusedException Refuse(FieldValue item, string sentence) =>
        new(new Problem(item.Line, item.Column, sentence));
}
