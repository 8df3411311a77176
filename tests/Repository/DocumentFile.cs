using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ServerlessBlog.Tests.Repository;

/// <summary>A Markdown file of the repository, parsed as CommonMark.</summary>
internal sealed partial class DocumentFile
{
    private readonly string _text;
    private readonly MarkdownDocument _document;

    private DocumentFile(string path)
    {
        (Path, _text) = (path, File.ReadAllText(RepositoryFiles.FullPath(path)));
        _document = Markdown.Parse(_text);
    }

    /// <summary>Its path from the repository's root.</summary>
    public string Path { get; }

    /// <summary>Its lines, in order.</summary>
    public IReadOnlyList<string> Lines => _text.TrimEnd('\n').Split('\n');

    /// <summary>Its size in bytes.</summary>
    public long Bytes => new FileInfo(RepositoryFiles.FullPath(Path)).Length;

    /// <summary>The ids that GitHub gives its headings.</summary>
    public IReadOnlyCollection<string> Anchors => [.. _document.Descendants<HeadingBlock>().Select(Anchor)];

    /// <summary>The targets of its links and pictures.</summary>
    public IEnumerable<string> Links => _document.Descendants<LinkInline>().Select(link => link.Url ?? "");

    /// <summary>Its fenced code.</summary>
    public IEnumerable<FencedCodeBlock> Fences => _document.Descendants<FencedCodeBlock>();

    /// <summary>Inline code of its text.</summary>
    public IEnumerable<string> InlineCode => _document.Descendants<CodeInline>().Select(code => code.Content);

    /// <summary>Rows of its tables whose first column is code: that code, and the other columns.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Columns)> Rows =>
        [
            .. Lines
                .Select(line => Row().Match(line))
                .Where(row => row.Success)
                .Select(row =>
                    (
                        row.Groups["name"].Value,
                        (IReadOnlyList<string>)[.. row.Groups["rest"].Value.Split('|').Select(column => column.Trim())]
                    )
                ),
        ];

    /// <summary>Lines of prose: not in a fence, not in a table; addresses of links left out.</summary>
    public IEnumerable<(int Number, string Text)> Prose
    {
        get
        {
            var fenced = Fences.SelectMany(fence => Enumerable.Range(fence.Line, fence.Lines.Count + 2)).ToHashSet();
            return Lines
                .Index()
                .Where(line => !fenced.Contains(line.Index) && !line.Item.StartsWith('|'))
                .Select(line => (line.Index + 1, Address().Replace(line.Item, "")));
        }
    }

    /// <summary>Every Markdown file of the repository.</summary>
    public static async Task<IReadOnlyList<DocumentFile>> AllAsync() =>
        [
            .. (await RepositoryFiles.ListAsync())
                .Where(file => file.EndsWith(".md", StringComparison.Ordinal))
                .Select(file => new DocumentFile(file)),
        ];

    /// <summary>One of them.</summary>
    public static DocumentFile Open(string path) => new(path);

    /// <summary>Fenced code in the first fence after a line of the file that contains the words.</summary>
    public string FenceAfter(string words)
    {
        var line = Lines.Index().First(line => line.Item.Contains(words, StringComparison.Ordinal)).Index;
        return Fences.First(fence => fence.Line > line).Lines.ToString() + "\n";
    }

    private string Anchor(HeadingBlock heading)
    {
        var words = string.Concat(
            heading
                .Inline!.Descendants()
                .Select(inline =>
                    inline switch
                    {
                        LiteralInline literal => literal.Content.ToString(),
                        CodeInline code => code.Content,
                        _ => "",
                    }
                )
        );
        return string.Concat(
                words.ToLowerInvariant().Where(sign => char.IsLetterOrDigit(sign) || sign is ' ' or '-' or '_')
            )
            .Replace(' ', '-');
    }

    [GeneratedRegex(@"^\| `(?<name>[^`]+)` \|(?<rest>.*)\|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"(?<=\])\([^)]*\)|https?://\S+")]
    private static partial Regex Address();
}
