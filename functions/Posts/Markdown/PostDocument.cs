using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown.Code;
using ServerlessBlog.Posts.Markdown.Html;
using ServerlessBlog.Posts.Markdown.Math;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Posts.Markdown;

/// <summary>
/// The parsed Markdown of a post: its headings, pictures and digest, and its HTML. Can be rendered once, because
/// rendering modifies the syntax tree. Not thread-safe.
/// </summary>
public sealed class PostDocument
{
    /// <summary>Maximum length of the HTML in characters: 8 Mi.</summary>
    internal const int MaxHtmlLength = 8 * 1024 * 1024;

    private readonly string _body;
    private readonly MarkdownDocument _document;
    private readonly PostParts _parts;
    private readonly string? _html;

    /// <param name="body">The Markdown or HTML.</param>
    /// <param name="texts">The interface texts for generated labels; null for the built-in ones.</param>
    /// <param name="isHtml">Whether the body is HTML, which is written as it is.</param>
    /// <exception cref="ArgumentException">The body is nested deeper than Markdig supports (128).</exception>
    public PostDocument(string body, SiteTexts? texts = null, bool isHtml = false)
    {
        _body = body;
        _html = isHtml ? body : null;
        _document = isHtml ? PostMarkdown.FromHtml(body) : PostMarkdown.Parse(body);
        _parts = new PostParts(_document, texts ?? SiteTexts.BuiltIn);
        Headings = [.. _document.OfType<HeadingBlock>().Select(LinkHeading).Where(heading => heading.Text.Length > 0)];
    }

    /// <summary>
    /// The top-level headings with text, in document order; not those in quotes, lists or containers.
    /// </summary>
    public IReadOnlyList<PostHeading> Headings { get; }

    /// <summary>
    /// Whether the text has a code block that gets a copy button: fenced, or indented at the top level.
    /// </summary>
    public bool HasCode => _parts.Code.Exists(block => block is FencedCodeBlock or { Parent: MarkdownDocument });

    /// <summary>The reason why the HTML cannot be closed, and the text should be refused; null for none.</summary>
    internal Problem? Refusal => _parts.RawHtml.TooDeep;

    /// <summary>The excerpt and reading time. Computed on each call; read it before rendering.</summary>
    public PostDigest Digest => ExcerptBuilder.Build(_html is null ? _document : HtmlOutline.Create(_html));

    /// <summary>The addresses of the text as they were written. Read it before rendering.</summary>
    internal IReadOnlyList<PostReference> References => _parts.References;

    /// <summary>The ids of the text's elements.</summary>
    internal IReadOnlySet<string> Anchors => _parts.Ids;

    /// <summary>
    /// The text as readers see it, one block a line, also that of headings, code and HTML. Read it before rendering.
    /// </summary>
    public string ToPlainText() =>
        string.Join('\n', PlainTextBlocks.Read(_html is null ? _document : HtmlOutline.Create(_html)));

    /// <summary>Returns the distinct names of posts' files that links of the text lead to.</summary>
    /// <param name="links">The resolver for the place where the HTML is shown.</param>
    public IReadOnlyList<string> FindLinkedFiles(LinkResolver links) =>
        [.. _parts.References.Select(reference => links.FindFile(reference.Address)).OfType<string>().Distinct()];

    /// <summary>Returns the distinct resolved URLs of the pictures.</summary>
    /// <param name="links">The resolver for the place where the HTML is shown.</param>
    public IReadOnlyList<string> ResolvePictures(LinkResolver links) =>
        [
            .. _parts
                .Links.Where(link => link is { IsImage: true, Url: not null })
                .Select(link => links.Resolve(link.Url!))
                .Distinct(),
        ];

    /// <summary>Renders the HTML.</summary>
    /// <param name="links">The resolver for the place where the HTML is shown.</param>
    /// <param name="pictures">
    /// Sizes and variants by URL of <see cref="ResolvePictures"/>; pictures that are not in it are rendered without.
    /// </param>
    public string ToHtml(LinkResolver links, IReadOnlyDictionary<string, ResponsiveImage> pictures)
    {
        using var html = new StringWriter(CultureInfo.InvariantCulture);
        Write(html, links, pictures);
        return html.ToString();
    }

    /// <summary>
    /// Writes the HTML, see <see cref="ToHtml"/>. Returns the problems, such as formulas that stay TeX and code that
    /// stays plain, with their positions in the body.
    /// </summary>
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
                ApplyPicture(link, pictures.GetValueOrDefault(link.Url));
            }
        }

        var problems = _parts
            .RawHtml.Problems.Concat(LeftoverMarkup.Find(_body, _document))
            .Concat(CodeBlockHighlighter.Highlight(_parts.Code, CodeBlockHighlighter.MaxStepsForPost))
            .Concat(MathRenderer.Render(_parts.Formulas))
            .ToList();
        WriteHtml(html, links);
        return problems;
    }

    private void WriteHtml(TextWriter html, LinkResolver links)
    {
        if (!_parts.HasRawHtml || _parts.RawHtml.TooDeep is not null)
        {
            PostMarkdown.Write(_document, html);
            return;
        }

        using var text = new LimitedStringWriter(MaxHtmlLength);
        PostMarkdown.Write(_document, text);
        html.Write(AuthorHtml.Rewrite(text.ToString(), links.Resolve, PostParts.FreeId));
    }

    private static void ApplyPicture(LinkInline link, ResponsiveImage? picture)
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

    /// <summary>
    /// Creates the heading's record, and turns its text into a link to itself unless it contains a link.
    /// </summary>
    private PostHeading LinkHeading(HeadingBlock heading)
    {
        var (attributes, text) = (heading.GetAttributes(), ExcerptBuilder.GetText(heading));
        if (heading.Inline?.FirstChild is not null && !heading.Inline.Descendants<LinkInline>().Any())
        {
            var link = new LinkInline($"#{attributes.Id}", "") { IsClosed = true };
            heading.Inline.EmbraceChildrenBy(link);
            _parts.Links.Add(link);
        }

        return new PostHeading(heading.Level, text, attributes.Id!);
    }
}

/// <summary>A heading of a post's text.</summary>
/// <param name="Level">The level, 1 to 6.</param>
/// <param name="Text">The heading's plain text.</param>
/// <param name="Anchor">The HTML id of the heading.</param>
public sealed record PostHeading(int Level, string Text, string Anchor);

/// <summary>The attributes of an img element for a picture in the blog's media.</summary>
/// <param name="Address">The URL; contains a hash, so it changes with the picture.</param>
/// <param name="Width">The width in pixels.</param>
/// <param name="Height">The height in pixels.</param>
/// <param name="Sources">The <c>srcset</c> attribute with the variants in other widths; null for none.</param>
/// <param name="Sizes">The <c>sizes</c> attribute; null when <paramref name="Sources"/> is null.</param>
public sealed record ResponsiveImage(string Address, int Width, int Height, string? Sources, string? Sizes);
