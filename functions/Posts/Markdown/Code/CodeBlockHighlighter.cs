using Markdig.Renderers;
using Markdig.Syntax;

namespace ServerlessBlog.Posts.Markdown.Code;

/// <summary>Highlights the code blocks of parsed Markdown.</summary>
public static class CodeBlockHighlighter
{
    /// <summary>
    /// Returns the HTML that <see cref="Highlight"/> attached to a block; null when the block is not highlighted.
    /// </summary>
    public static string? FindHtml(CodeBlock code) => code.GetData(typeof(CodeBlockHighlighter)) as string;

    /// <summary>
    /// Writes the content of a block, highlighted when <see cref="Highlight"/> has done so, else escaped.
    /// </summary>
    public static void Write(HtmlRenderer html, CodeBlock code)
    {
        if (FindHtml(code) is { } highlighted)
        {
            html.Write(highlighted);
            return;
        }

        html.WriteLeafRawLines(code, writeEndOfLines: true, escape: true);
    }

    /// <summary>
    /// Highlights the fenced blocks of one text in order, until the limits of <see cref="SyntaxHighlighter"/> are
    /// reached, and attaches the HTML to each block.
    /// </summary>
    public static void Highlight(IEnumerable<CodeBlock> blocks)
    {
        var highlighter = new SyntaxHighlighter();
        foreach (var block in blocks.OfType<FencedCodeBlock>())
        {
            if (block.Info is { Length: > 0 } language && highlighter.ToHtml(GetText(block), language) is { } html)
            {
                block.SetData(typeof(CodeBlockHighlighter), html);
            }
        }
    }

    private static string GetText(FencedCodeBlock block) => block.Lines.Count == 0 ? "" : block.Lines.ToString() + "\n";
}
