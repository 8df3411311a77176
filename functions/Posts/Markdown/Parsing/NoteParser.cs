using Markdig.Extensions.DefinitionLists;
using Markdig.Extensions.Footnotes;
using Markdig.Parsers;

namespace ServerlessBlog.Posts.Markdown.Parsing;

/// <summary>
/// Parses footnotes, also directly below a list of definitions. Their labels have no blanks, as on GitHub.
/// </summary>
internal sealed partial class NoteParser : FootnoteParser
{
    /// <inheritdoc/>
    public override BlockState TryOpen(BlockProcessor processor)
    {
        if (processor.GetCurrentContainerOpened() is DefinitionList list && !processor.IsCodeIndent)
        {
            list.IsOpen = false; // Markdig leaves it open below its last item.
        }

        return Label().IsMatch(processor.Line.AsSpan()) ? base.TryOpen(processor) : BlockState.None;
    }

    [GeneratedRegex(@"^\[\^[^\]\[\s]+\]:")]
    private static partial Regex Label();
}
