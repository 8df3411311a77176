using Markdig.Extensions.TaskLists;
using Markdig.Helpers;
using Markdig.Parsers;

namespace ServerlessBlog.Posts.Markdown.Parsing;

/// <summary>Parses the box of a task at the beginning of a list item only, before a blank, as GFM says.</summary>
internal sealed class ItemBoxParser : TaskListInlineParser
{
    /// <inheritdoc/>
    public override bool Match(InlineProcessor processor, ref StringSlice slice) =>
        processor.Inline is null
        && processor.Root!.FirstChild is null
        && slice.PeekChar(3) is ' ' or '\t'
        && base.Match(processor, ref slice);
}
