using Markdig.Extensions.Tables;
using Markdig.Parsers;

namespace ServerlessBlog.Posts.Markdown.Parsing;

/// <summary>
/// Parses grid tables that are whole: from a line such as <c>+---+---+</c> to the last such line, every line begins
/// with a bar or a plus. Of others Markdig shows a line twice.
/// </summary>
internal sealed partial class WholeGridTableParser : GridTableParser
{
    /// <inheritdoc/>
    public override BlockState TryOpen(BlockProcessor processor) =>
        Border().IsMatch(processor.Line.AsSpan())
        && LaterLines.AllUntil(processor, line => line is ['|' or '+', ..], line => Border().IsMatch(line))
            ? base.TryOpen(processor)
            : BlockState.None;

    [GeneratedRegex(@"^\+(?:[-=:]{3,}\+)+[ \t]*$")]
    private static partial Regex Border();
}
