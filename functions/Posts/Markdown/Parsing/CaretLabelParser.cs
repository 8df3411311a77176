using Markdig.Parsers;
using Markdig.Syntax;

namespace ServerlessBlog.Posts.Markdown.Parsing;

/// <summary>
/// Parses a paragraph that begins with <c>[^label]:</c>, where that is no footnote, as text: CommonMark would take it
/// for the definition of a link, and show nothing.
/// </summary>
internal sealed partial class CaretLabelParser : TextParagraphParser
{
    /// <summary>Creates the parser.</summary>
    public CaretLabelParser() => OpeningCharacters = ['['];

    /// <inheritdoc/>
    public override BlockState TryOpen(BlockProcessor processor) =>
        !processor.IsCodeIndent
        && processor.CurrentBlock is not ParagraphBlock { IsOpen: true }
        && CaretLabel().IsMatch(processor.Line.AsSpan())
            ? base.TryOpen(processor)
            : BlockState.None;

    [GeneratedRegex(@"^\[\^[^\]\[]+\]:")]
    private static partial Regex CaretLabel();
}
