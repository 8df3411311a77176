using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace ServerlessBlog.Posts.Markdown.Html;

/// <summary>
/// Rewrites the HTML of a text that has HTML of the author's own: every element is closed within the text, end tags of
/// nothing are left out, and addresses are resolved as in Markdown. Thread-safe.
/// </summary>
internal static partial class AuthorHtml
{
    private static readonly HtmlParser Parser = new(new HtmlParserOptions { IsScripting = true });

    private static readonly string[] AddressAttributes = ["src", "href", "poster"];

    /// <summary>Rewrites the HTML.</summary>
    /// <param name="html">The rendered text.</param>
    /// <param name="resolve">Resolves an address.</param>
    /// <param name="freeId">Returns an id that the page around the text does not use.</param>
    public static string Rewrite(string html, Func<string, string> resolve, Func<string, string> freeId)
    {
        using var document = Parser.ParseDocument("");
        var nodes = Parser.ParseFragment(html, document.CreateElement("div"));
        foreach (var element in nodes.SelectMany(node => node.DescendantsAndSelf<IElement>()))
        {
            Resolve(element, resolve);
            Correct(element, resolve, freeId);
        }

        using var text = new StringWriter(CultureInfo.InvariantCulture);
        nodes.ToHtml(text);
        return text.ToString();
    }

    private static void Correct(IElement element, Func<string, string> resolve, Func<string, string> freeId)
    {
        if (element.Id is { Length: > 0 } id && freeId(id) is var free && free != id)
        {
            element.Id = free;
        }

        switch (element)
        {
            case IHtmlTemplateElement template:
                foreach (var inner in template.Content.Descendants<IElement>())
                {
                    Resolve(inner, resolve);
                }

                break;
            case { LocalName: "noscript" }:
                // Its content is text where scripts run, and HTML elsewhere: both must end with it.
                element.TextContent = Rewrite(element.TextContent, resolve, freeId);
                break;
            case { LocalName: "pre" or "textarea", FirstChild: IText { Data: ['\n', ..] } first }:
                first.Data = "\n" + first.Data; // A parser leaves the first line break out.
                break;
        }
    }

    private static void Resolve(IElement element, Func<string, string> resolve)
    {
        foreach (var name in AddressAttributes)
        {
            if (element.GetAttribute(name) is { Length: > 0 } address && IsAddress(element, name))
            {
                element.SetAttribute(name, resolve(address.Trim()));
            }
        }

        if (element.GetAttribute("srcset") is { Length: > 0 } sources)
        {
            element.SetAttribute("srcset", ResolveSources(sources, resolve));
        }
    }

    /// <summary>Whether the attribute is an address: of SVG, the <c>href</c> of links and pictures only.</summary>
    private static bool IsAddress(IElement element, string name) =>
        name != "href" || element.NamespaceUri != NamespaceNames.SvgUri || element.LocalName is "a" or "image";

    private static string ResolveSources(string sources, Func<string, string> resolve) =>
        string.Join(
            ", ",
            Source()
                .Matches(sources)
                .Select(source => resolve(source.Groups["address"].Value) + source.Groups["size"].Value.TrimEnd())
        );

    /// <summary>Matches a candidate of a <c>srcset</c>: its address may hold commas, but not end with one.</summary>
    [GeneratedRegex(@"[\s,]*(?<address>[^\s,]\S*?)(?:,+(?=\s|$)|(?<size>\s[^,]*)(?:,|$)|$)")]
    private static partial Regex Source();
}
