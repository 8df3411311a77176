using Markdig.Extensions.DefinitionLists;
using Markdig.Parsers;
using Markdig.Syntax;

namespace ServerlessBlog.Posts.Markdown.Parsing;

/// <summary>
/// Parses definitions: a colon and at least three blanks, below the term. Markdig loses the mark of a line with fewer
/// blanks, and takes a tilde for a colon.
/// </summary>
internal sealed class DefinitionParser : DefinitionListParser
{
    /// <summary>Creates the parser.</summary>
    public DefinitionParser() => OpeningCharacters = [':'];

    /// <inheritdoc/>
    public override BlockState TryOpen(BlockProcessor processor) =>
        IsDefinition(processor) ? base.TryOpen(processor) : BlockState.None;

    /// <inheritdoc/>
    public override BlockState TryContinue(BlockProcessor processor, Block block) =>
        processor.CurrentChar == ':' && !processor.IsCodeIndent && !IsDefinition(processor)
            ? BlockState.Break
            : base.TryContinue(processor, block);

    private static bool IsDefinition(BlockProcessor processor) =>
        processor.Line.AsSpan() is [':', '\t', ..] or [':', ' ', ' ', ' ', ..];
}
