using Markdig.Extensions.Figures;
using Markdig.Parsers;

namespace ServerlessBlog.Posts.Markdown.Parsing;

/// <summary>Parses figures: a line of <c>^^^</c> and nothing else, which a later line that begins so closes.</summary>
internal sealed class ClosedFigureParser : FigureBlockParser
{
    /// <inheritdoc/>
    public override BlockState TryOpen(BlockProcessor processor)
    {
        var fence = processor.Line.AsSpan().TrimEnd(" \t");
        return fence.Length >= 3 && !fence.ContainsAnyExcept('^') && LaterLines.Any(processor, this, IsClosing)
            ? base.TryOpen(processor)
            : BlockState.None;
    }

    private static bool IsClosing(ReadOnlySpan<char> line) => line.StartsWith("^^^");
}
