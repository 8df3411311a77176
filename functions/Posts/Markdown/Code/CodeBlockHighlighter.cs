using Markdig.Renderers;
using Markdig.Syntax;

namespace ServerlessBlog.Posts.Markdown.Code;

/// <summary>Colours the code blocks of parsed Markdown.</summary>
public static class CodeBlockHighlighter
{
    /// <summary>What <see cref="Colour"/> made of a block; null when it is to be written as it is.</summary>
    public static string? HtmlOf(CodeBlock code) => code.GetData(typeof(CodeBlockHighlighter)) as string;

    /// <summary>Writes what is in a block, coloured when it was.</summary>
    public static void Write(HtmlRenderer html, CodeBlock code)
    {
        if (HtmlOf(code) is { } coloured)
        {
            html.Write(coloured);
            return;
        }

        html.WriteLeafRawLines(code, writeEndOfLines: true, escape: true);
    }

    /// <summary>Colours these, which are of one text, until its limits are reached.</summary>
    public static void Colour(IEnumerable<CodeBlock> blocks)
    {
        var highlighter = new SyntaxHighlighter();
        foreach (var block in blocks.OfType<FencedCodeBlock>())
        {
            if (block.Info is { Length: > 0 } language && highlighter.ToHtml(TextOf(block), language) is { } html)
            {
                block.SetData(typeof(CodeBlockHighlighter), html);
            }
        }
    }

    private static string TextOf(FencedCodeBlock block) => block.Lines.Count == 0 ? "" : block.Lines.ToString() + "\n";
}
