using Markdig.Extensions.CustomContainers;
using Markdig.Parsers;

namespace ServerlessBlog.Posts.Markdown.Parsing;

/// <summary>
/// Parses containers: a line of <c>:::</c> and a name and nothing else opens one. It must be closed by a later line of
/// colons.
/// </summary>
internal sealed partial class NamedContainerParser : CustomContainerParser
{
    /// <inheritdoc/>
    public override BlockState TryOpen(BlockProcessor processor) =>
        Opening().IsMatch(processor.Line.AsSpan())
        && LaterLines.Any(processor, this, line => line.StartsWith(":::") && Closing().IsMatch(line))
            ? base.TryOpen(processor)
            : BlockState.None;

    [GeneratedRegex(@"^:{3,}[ \t]*[\p{L}][\p{L}\p{Nd}_-]*[ \t]*$")]
    private static partial Regex Opening();

    [GeneratedRegex(@"^:{3,}[ \t]*$")]
    private static partial Regex Closing();
}
