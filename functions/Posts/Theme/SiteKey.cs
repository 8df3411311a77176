using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Posts.Theme;

/// <summary>A key of <c>theme/site.yml</c>, and the form fields that show its value.</summary>
/// <param name="Name">The key.</param>
/// <param name="Fields">The names of the form fields.</param>
/// <param name="Read">
/// Reads the texts of the form fields; null for a value in a form that they cannot show without loss.
/// </param>
/// <param name="Format">
/// Formats what stands after <c>name:</c>, without the last line end; called with at least one text that is not empty.
/// </param>
internal sealed record SiteKey(
    string Name,
    IReadOnlyList<string> Fields,
    Func<FieldValue, string[]?> Read,
    Func<string[], string> Format
)
{
    /// <summary>The value of a checked box.</summary>
    public const string On = "true";

    private static readonly FieldLines Yaml = new([], IsToml: false);

    /// <summary>All keys, in the order of the form.</summary>
    public static IReadOnlyList<SiteKey> All { get; } =
    [
        ForText("tagline"),
        ForText("description"),
        new SiteKey("logo", ["logo", "logo-alone"], ReadLogo, FormatLogo),
        ForText("icon"),
        ForText("language"),
        ForText("security"),
        ForText("posts_per_page"),
        ForExtent("list", checkedValue: "whole", uncheckedValue: "excerpts"),
        ForExtent("feed", checkedValue: "excerpts", uncheckedValue: "whole"),
        new SiteKey("accent", ["accent-light", "accent-dark"], ReadAccent, FormatAccent),
        ForLinks("social"),
        ForLinks("footer"),
    ];

    private static SiteKey ForText(string name) =>
        new(
            name,
            [name],
            value => value.Text is { } text ? [text] : null,
            texts => QuoteUnlessNumber(FieldValue.ToOneLine(texts[0]))
        );

    private static SiteKey ForExtent(string name, string checkedValue, string uncheckedValue) =>
        new(
            name,
            [name],
            value =>
                value.Text == checkedValue ? [On]
                : value.Text == uncheckedValue || value.Text is "" ? [""]
                : null,
            _ => checkedValue
        );

    private static SiteKey ForLinks(string name) => new(name, [name], ReadLinks, texts => FormatLinks(texts[0]));

    private static string[]? ReadLogo(FieldValue value) =>
        value.Text is { } text ? [text, ""]
        : ReadTexts(value, "picture", "alone") is not [var picture, var alone] ? null
        : (alone.Length == 0 ? false : FieldReader.AsFlag(alone)) switch
        {
            true => [picture, On],
            false => [picture, ""],
            _ => null,
        };

    private static string FormatLogo(string[] texts) =>
        texts is [var picture, On] ? $"\n  picture: {Yaml.Quote(picture)}\n  alone: true" : QuoteUnlessNumber(texts[0]);

    private static string[]? ReadAccent(FieldValue value) =>
        value.Text is "" ? ["", ""] : ReadTexts(value, "light", "dark");

    private static string FormatAccent(string[] texts) =>
        string.Concat(
            texts
                .Zip(["light", "dark"])
                .Where(color => color.First.Length > 0)
                .Select(color => $"\n  {color.Second}: {Yaml.Quote(color.First)}")
        );

    /// <summary>One link a line: its name, a space, its address.</summary>
    private static string[]? ReadLinks(FieldValue value)
    {
        if (value.Text is "")
        {
            return [""];
        }

        var links = (value.Items ?? []).Select(item => ReadTexts(item, "name", "url")).ToList();
        return
            value.Items is not null
            && links.All(link => link is not null && !link[1].Any(char.IsWhiteSpace) && link.All(part => part != ""))
            ? [string.Join('\n', links.Select(link => string.Join(' ', link!)))]
            : null;
    }

    private static string FormatLinks(string text) =>
        string.Concat(
            text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(FormatLink)
        );

    /// <summary>A line without a space has only a name or only an address; the missing one is left out.</summary>
    private static string FormatLink(string line)
    {
        var space = line.LastIndexOf(' ');
        var isAddress = space < 0 && (line.Contains(':') || line.Contains('/'));
        var name =
            space >= 0 ? line[..space].TrimEnd()
            : isAddress ? ""
            : line;
        var url = space >= 0 || isAddress ? line[(space + 1)..] : "";
        return $"\n  - name: {Yaml.Quote(name)}\n    url: {Yaml.Quote(url)}";
    }

    /// <summary>The texts of a mapping with no other fields than these; null for any other value.</summary>
    private static string[]? ReadTexts(FieldValue value, params string[] names) =>
        value.Fields is { } fields
        && fields.Keys.All(names.Contains)
        && fields.Values.All(field => field.Value.Text is not null)
            ? [.. names.Select(name => fields.GetValueOrDefault(name)?.Value.Text ?? "")]
            : null;

    private static string QuoteUnlessNumber(string text) => text.All(char.IsAsciiDigit) ? text : Yaml.Quote(text);
}
