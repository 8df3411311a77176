using System.Globalization;
using System.Text.RegularExpressions;
using Markdig.Helpers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown.Code;
using ServerlessBlog.Posts.Markdown.Math;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Posts.Markdown;

/// <summary>An author's Markdown, parsed: what is in it, and its HTML where it stands. Rendered once; not for more than one thread.</summary>
public sealed partial class PostDocument
{
    private readonly MarkdownDocument _document;
    private readonly PostParts _parts;

    /// <param name="body">The Markdown.</param>
    /// <param name="texts">The blog's own words in it; null for the program's.</param>
    /// <exception cref="ArgumentException">It is nested deeper than Markdig goes (128).</exception>
    public PostDocument(string body, SiteTexts? texts = null)
    {
        _document = PostMarkdown.Parse(body);
        _parts = new PostParts(_document, texts ?? SiteTexts.BuiltIn);
        Headings = [.. _document.OfType<HeadingBlock>().Select(Heading).Where(heading => heading.Text.Length > 0)];
    }

    /// <summary>Those that are not inside of something else.</summary>
    public IReadOnlyList<PostHeading> Headings { get; }

    /// <summary>Whether there is code to be copied.</summary>
    public bool HasCode => _parts.Code.Exists(block => block is FencedCodeBlock or { Parent: MarkdownDocument });

    /// <summary>What lists show of it.</summary>
    public PostDigest Digest => ExcerptBuilder.Build(_document);

    /// <summary>The addresses of its pictures at this place.</summary>
    public IReadOnlyList<string> PicturesAt(LinkResolver links) =>
        [
            .. _parts
                .Links.Where(link => link is { IsImage: true, Url: not null })
                .Select(link => links.Resolve(link.Url!))
                .Distinct(),
        ];

    /// <summary>Its HTML.</summary>
    /// <param name="links">Where it is to stand.</param>
    /// <param name="pictures">What is known of <see cref="PicturesAt"/>.</param>
    public string ToHtml(LinkResolver links, IReadOnlyDictionary<string, ResponsiveImage> pictures)
    {
        using var html = new StringWriter(CultureInfo.InvariantCulture);
        Write(html, links, pictures);
        return html.ToString();
    }

    /// <summary>Writes its HTML; see <see cref="ToHtml"/>. Answers what could not be shown as it was meant, with its place in the text.</summary>
    internal IReadOnlyList<Problem> Write(
        TextWriter html,
        LinkResolver links,
        IReadOnlyDictionary<string, ResponsiveImage> pictures
    )
    {
        foreach (var link in _parts.Links.Where(link => link.Url is not null))
        {
            link.Url = links.Resolve(link.Url!);
            if (link.IsImage)
            {
                Place(link, pictures.GetValueOrDefault(link.Url));
            }
        }

        PlaceHtml(links);
        CodeBlockHighlighter.Colour(_parts.Code);
        var problems = MathRenderer.Render(_parts.Formulas);
        PostMarkdown.Write(_document, html);
        return problems;
    }

    private static void Place(LinkInline link, ResponsiveImage? picture)
    {
        var attributes = link.GetAttributes();
        attributes.AddPropertyIfNotExist("loading", "lazy");
        if (picture is null)
        {
            return;
        }

        link.Url = picture.Address;
        if (attributes.Properties!.TrueForAll(property => property.Key is not ("width" or "height")))
        {
            attributes.AddProperty("width", picture.Width.ToString(CultureInfo.InvariantCulture));
            attributes.AddProperty("height", picture.Height.ToString(CultureInfo.InvariantCulture));
        }

        if (picture.Sources is not null)
        {
            attributes.AddPropertyIfNotExist("srcset", picture.Sources);
            attributes.AddPropertyIfNotExist("sizes", picture.Sizes!);
        }
    }

    private void PlaceHtml(LinkResolver links)
    {
        foreach (var block in _parts.HtmlBlocks)
        {
            block.Lines = new StringLineGroup(Resolved(block.Lines.ToString(), links));
        }

        foreach (var inline in _parts.Tags)
        {
            inline.Tag = Resolved(inline.Tag, links);
        }
    }

    private static string Resolved(string html, LinkResolver links) =>
        html.Contains('=', StringComparison.Ordinal)
            ? AddressAttribute().Replace(html, match => match.Groups[1].Value + links.Resolve(match.Groups[2].Value))
            : html;

    /// <summary>Reads a heading and makes its words a link to it.</summary>
    private PostHeading Heading(HeadingBlock heading)
    {
        var (attributes, text) = (heading.GetAttributes(), ExcerptBuilder.TextOf(heading));
        if (heading.Inline?.FirstChild is not null && !heading.Inline.Descendants<LinkInline>().Any())
        {
            var link = new LinkInline($"#{attributes.Id}", "") { IsClosed = true };
            heading.Inline.EmbraceChildrenBy(link);
            _parts.Links.Add(link);
        }

        return new PostHeading(heading.Level, text, attributes.Id!);
    }

    /// <summary>An address in quotes, in an attribute that holds one.</summary>
    [GeneratedRegex(
        """(\s(?:src|href|poster)\s*=\s*["'])([^"'<>\s]+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex AddressAttribute();
}

/// <summary>A heading of a post's text.</summary>
/// <param name="Level">1 to 6.</param>
/// <param name="Text">As text.</param>
/// <param name="Anchor">Its id in the page.</param>
public sealed record PostHeading(int Level, string Text, string Anchor);
