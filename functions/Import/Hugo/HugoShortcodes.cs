using System.Net;

namespace ServerlessBlog.Import.Hugo;

/// <summary>
/// Translates Hugo's own shortcodes (https://gohugo.io/shortcodes/) and the usual ones of themes. Both notations mean
/// the same here.
/// </summary>
internal sealed class HugoShortcodes(HugoPage page, HugoPages pages) : TemplateTranslator(page.Post, "text")
{
    private static readonly Dictionary<string, string> Alerts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["note"] = "NOTE",
        ["notice"] = "NOTE",
        ["info"] = "NOTE",
        ["alert"] = "NOTE",
        ["admonition"] = "NOTE",
        ["callout"] = "NOTE",
        ["tip"] = "TIP",
        ["important"] = "IMPORTANT",
        ["warning"] = "WARNING",
        ["caution"] = "CAUTION",
        ["danger"] = "CAUTION",
    };

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Open, string Close)> Signs { get; } = [("{{<", ">}}"), ("{{%", "%}}")];

    /// <inheritdoc/>
    protected override bool IsForCode(TemplateTag tag) => IsEscaped(tag);

    /// <inheritdoc/>
    protected override (string Text, int End)? Replace(TagContext context)
    {
        var tag = context.Tag;
        if (IsEscaped(tag))
        {
            return (
                context
                    .Text[tag.Start..tag.End]
                    .Replace("/*", "", StringComparison.Ordinal)
                    .Replace("*/", "", StringComparison.Ordinal),
                tag.End
            );
        }

        var end = tag.Content.EndsWith('/')
            ? null
            : context.FindEnd(
                other => other.Name == tag.Name && !other.Content.EndsWith('/'),
                other => other.Content.Replace(" ", "", StringComparison.Ordinal) == "/" + tag.Name
            );
        var text = end is null ? ReplaceTag(tag) : ReplaceBlock(context, end);
        return text is null ? ToCode(context, end) : (text, (end ?? tag).End);
    }

    private static bool IsEscaped(TemplateTag tag) =>
        tag.Content.StartsWith("/*", StringComparison.Ordinal) && tag.Content.EndsWith("*/", StringComparison.Ordinal);

    private string? ReplaceBlock(TagContext context, TemplateTag end)
    {
        var (tag, inside) = (context.Tag, context.Text[context.Tag.End..end.Start]);
        var parameters = new TagParameters(tag.Arguments);
        var first = parameters.First;
        return tag.Name switch
        {
            "highlight" => MarkdownFences.Fence(inside, first ?? ""),
            "code-toggle" => MarkdownFences.Fence(inside, ""),
            "mermaid" => MarkdownFences.Fence(inside, "mermaid"),
            "rawhtml" or "raw" => inside,
            "details" => Details(
                parameters.Find("summary", "title") ?? first ?? "Details",
                TranslateInside(context, end)
            ),
            "figure" => ReplaceTag(tag),
            var name when Alerts.TryGetValue(name, out var kind) => MarkdownWriter.Alert(
                Alerts.GetValueOrDefault(parameters.Find("type") ?? first ?? "", kind),
                TranslateInside(context, end)
            ),
            _ => null,
        };
    }

    private static string Details(string summary, string text) =>
        $"<details><summary>{WebUtility.HtmlEncode(summary)}</summary>\n\n{text.Trim('\n')}\n\n</details>";

    private string? ReplaceTag(TemplateTag tag)
    {
        var parameters = new TagParameters(tag.Arguments.TrimEnd('/'));
        var first = parameters.First;
        var id = parameters.Find("id") ?? first;
        return tag.Name switch
        {
            "figure" or "image" or "img" when (parameters.Find("src", "link") ?? first) is { } address =>
                MarkdownWriter.Picture(
                    address,
                    parameters.Find("alt", "title", "caption"),
                    CaptionOf(parameters),
                    parameters.Find("src") is null ? null : parameters.Find("link")
                ),
            "youtube" when id is not null => MarkdownWriter.YouTube(id),
            "vimeo" when id is not null => MarkdownWriter.Vimeo(id),
            "gist" when parameters.Values is [var user, var gist, ..] => MarkdownWriter.Link(
                "Gist",
                $"https://gist.github.com/{user}/{gist}"
            ),
            "tweet" or "x" when (parameters.Find("user"), parameters.Find("id")) is ({ } user, { } status) =>
                MarkdownWriter.Link("Tweet", $"https://twitter.com/{user}/status/{status}"),
            "ref" or "relref" when (parameters.Find("path") ?? first) is { } path => FindAddress(path),
            "include" or "readfile" when first is not null && pages.Find(page, first) is { } included => TryTranslate(
                pages.BodyOf(included).Trim('\n')
            ),
            "param" when first is not null => Post.TextOf(first),
            _ => null,
        };
    }

    private static string CaptionOf(TagParameters parameters) =>
        string.Join(
            ". ",
            new[] { parameters.Find("title"), parameters.Find("caption"), parameters.Find("attr") }.Where(text =>
                text is not null
            )
        );

    private string? FindAddress(string path)
    {
        var (target, anchor) = path.Split('#', 2) is [var before, var after] ? (before, "#" + after) : (path, "");
        return target.Length == 0 ? anchor
            : pages.Find(page, target) is { } found ? pages.AddressOf(found) + anchor
            : null;
    }
}
