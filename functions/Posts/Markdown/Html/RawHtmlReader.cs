using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Posts.Markdown.Html;

/// <summary>
/// Reads the tags of the author's own HTML in document order: what is left open, what closes nothing, and the ids.
/// </summary>
/// <remarks>
/// Elements whose end tag is optional (<c>p</c>, <c>li</c>, ...) are not counted. Inside an element such as
/// <c>script</c> or <c>textarea</c> only its end tag is looked for.
/// </remarks>
internal sealed partial class RawHtmlReader
{
    /// <summary>Maximum number of elements that are open at one place: 100.</summary>
    public const int MaxDepth = 100;

    /// <summary>
    /// Maximum number of formatting elements that are open at one place: 10. A browser opens each of them anew in every
    /// paragraph until it is closed.
    /// </summary>
    public const int MaxFormattingDepth = 10;

    /// <summary>Maximum number of blocks, times the formatting elements open at one place: 200,000.</summary>
    private const int MaxReopened = 200_000;

    private const int MaxProblems = 20;

    private readonly List<(string Name, int Line, int Column)> _open = [];
    private readonly List<Problem> _problems = [];
    private int _formatting;
    private int _maxFormatting;

    /// <summary>The values of the attribute id.</summary>
    public HashSet<string> Ids { get; } = new(StringComparer.Ordinal);

    /// <summary>The addresses in the attributes href, src and poster.</summary>
    public List<PostReference> References { get; } = [];

    /// <summary>What the author should know, at most 20 sentences; positions in the body.</summary>
    public IReadOnlyList<Problem> Problems => [.. _problems.Take(MaxProblems)];

    /// <summary>Where the elements are nested too deeply to be closed; null when they are not.</summary>
    public Problem? TooDeep { get; private set; }

    /// <summary>Reads the HTML of a document.</summary>
    public static RawHtmlReader Read(MarkdownDocument document)
    {
        var (reader, blocks) = (new RawHtmlReader(), 0);
        foreach (var part in document.Descendants())
        {
            blocks += part is Block ? 1 : 0;
            if (part is HtmlBlock block)
            {
                reader.Read(block.Lines.ToString(), block.Line + 1, block.Column + 1);
            }
            else if (part is HtmlInline inline)
            {
                reader.Read(inline.Tag, inline.Line + 1, inline.Column + 1);
            }
        }

        reader.End(blocks);
        return reader;
    }

    private void Read(string html, int line, int column)
    {
        var (lineStart, counted) = (1 - column, 0);
        for (var at = 0; at < html.Length && TooDeep is null; )
        {
            if (_open is [.., var top] && (HtmlElements.RawText.Contains(top.Name) || top.Name[0] is '!' or '?'))
            {
                at = ReadRawText(html, at, top.Name);
                continue;
            }

            var start = html.IndexOf('<', at);
            if (start < 0)
            {
                return;
            }

            var before = html.AsSpan(counted, start - counted);
            line += before.Count('\n');
            lineStart = before.LastIndexOf('\n') is >= 0 and var last ? counted + last + 1 : lineStart;
            counted = start;
            var place = (line, start - lineStart + 1);
            at = html.AsSpan(start) is ['<', '!' or '?', ..]
                ? ReadComment(html, start, place)
                : ReadTag(html, start, place);
        }
    }

    /// <summary>
    /// Looks for the end of the element or comment. Returns the position behind it, or the HTML's end.
    /// </summary>
    private int ReadRawText(string html, int at, string name)
    {
        var end =
            name == "!--" ? "-->"
            : name[0] is '!' or '?' ? ">"
            : "</" + name;
        var found = html.IndexOf(end, at, StringComparison.OrdinalIgnoreCase);
        if (found < 0)
        {
            return html.Length;
        }

        Pop();
        return found + end.Length;
    }

    /// <summary>
    /// Reads a comment, or what browsers take for one: <c>&lt;?php</c>, <c>&lt;![CDATA[</c>. Returns the position
    /// behind it, or behind its beginning when it has no end.
    /// </summary>
    private int ReadComment(string html, int start, (int Line, int Column) place)
    {
        var name = html.AsSpan(start).StartsWith("<!--") ? "!--" : html[start + 1].ToString();
        var last = name == "!--" ? "-->" : ">";
        var end = html.IndexOf(last, start + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            _open.Add((name, place.Line, place.Column));
        }

        return end < 0 ? html.Length : end + last.Length;
    }

    private int ReadTag(string html, int start, (int Line, int Column) place)
    {
        var tag = Tag().Match(html, start);
        if (!tag.Success)
        {
            return start + 1;
        }

        Add(tag, place.Line, place.Column);
        return start + tag.Length;
    }

    private void Add(Match tag, int line, int column)
    {
        if (tag.Groups["id"].Success)
        {
            Ids.Add(tag.Groups["id"].Value.Trim('"', '\''));
        }

        var name = tag.Groups["name"].Value.ToLowerInvariant();
        References.AddRange(HtmlElements.ReadReferences(tag.Value, name, line, column));
        if (name == "plaintext")
        {
            Note(line, column, "<plaintext> is shown as text: nothing could close it.");
        }
        else if (tag.Groups["end"].Length > 0)
        {
            Close(name, line, column);
        }
        else if (!HtmlElements.Void.Contains(name) && !HtmlElements.Optional.Contains(name) && !IsSelfClosed(tag, name))
        {
            Open(name, line, column);
        }
    }

    /// <summary>
    /// Whether the tag ends with a slash where that means something: in SVG and MathML. Elsewhere browsers ignore it.
    /// </summary>
    private bool IsSelfClosed(Match tag, string name) =>
        tag.Value.EndsWith("/>", StringComparison.Ordinal)
        && (name is "svg" or "math" || _open.Exists(open => open.Name is "svg" or "math"));

    private void Open(string name, int line, int column)
    {
        _open.Add((name, line, column));
        _formatting += HtmlElements.Formatting.Contains(name) ? 1 : 0;
        _maxFormatting = int.Max(_maxFormatting, _formatting);
        if (_open.Count > MaxDepth || _formatting > MaxFormattingDepth)
        {
            TooDeep ??= new Problem(
                line,
                column,
                $"here more than {(_open.Count > MaxDepth ? MaxDepth : MaxFormattingDepth)} elements of HTML such as "
                    + $"<{name}> are open: close them."
            );
        }
    }

    private void Close(string name, int line, int column)
    {
        var opened = _open.FindLastIndex(open => open.Name == name);
        if (opened < 0)
        {
            if (!HtmlElements.Optional.Contains(name) && name != "br")
            {
                Note(line, column, $"</{name}> closes nothing, and is left out.");
            }

            return;
        }

        while (_open.Count > opened + 1)
        {
            NoteOpen(_open[^1], $"before </{name}> on line {line}");
            Pop();
        }

        Pop();
    }

    private void End(int blocks)
    {
        if (_maxFormatting > 1 && blocks > MaxReopened / _maxFormatting)
        {
            TooDeep ??= new Problem(1, 1, "elements such as <b> are open over too many paragraphs: close them sooner.");
        }

        foreach (var open in _open)
        {
            NoteOpen(open, "at the end of the text");
        }
    }

    private void Pop()
    {
        _formatting -= HtmlElements.Formatting.Contains(_open[^1].Name) ? 1 : 0;
        _open.RemoveAt(_open.Count - 1);
    }

    private void NoteOpen((string Name, int Line, int Column) open, string place) =>
        Note(
            open.Line,
            open.Column,
            open.Name[0] is '!' or '?'
                ? $"<{open.Name} has no {(open.Name == "!--" ? "-->" : ">")}: all behind it is hidden."
                : $"<{open.Name}> is not closed: the blog closes it {place}."
        );

    private void Note(int line, int column, string sentence) => _problems.Add(new Problem(line, column, sentence));

    [GeneratedRegex(
        """\G<(?<end>/?)(?<name>[a-zA-Z][^\s/>]*)"""
            + """(?:\s+id\s*=\s*(?<id>"[^"]*"|'[^']*'|[^\s"'>]+)|"[^"]*"|'[^']*'|[^'">])*>?"""
    )]
    private static partial Regex Tag();
}
