using Markdig.Extensions.Mathematics;
using Markdig.Parsers;
using Markdig.Syntax;

namespace ServerlessBlog.Posts.Markdown.Parsing;

/// <summary>
/// Parses formulas between two lines of <c>$$</c>. A first line without a second, and one that closes what a
/// paragraph's line before it has opened, stay text.
/// </summary>
internal sealed class FormulaBlockParser : MathBlockParser
{
    /// <inheritdoc/>
    public override BlockState TryOpen(BlockProcessor processor) =>
        IsFence(processor.Line.AsSpan()) && !ClosesParagraph(processor) && LaterLines.Any(processor, this, IsFence)
            ? base.TryOpen(processor)
            : BlockState.None;

    private static bool IsFence(ReadOnlySpan<char> line) => line.Trim(" \t") is "$$";

    /// <summary>Whether the paragraph so far has a <c>$$</c> that nothing closes.</summary>
    private static bool ClosesParagraph(BlockProcessor processor) =>
        processor.CurrentBlock is ParagraphBlock { Lines: var lines } && lines.ToString().AsSpan().Count("$$") % 2 != 0;
}
