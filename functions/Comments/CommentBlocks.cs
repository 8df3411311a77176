using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace ServerlessBlog.Comments;

/// <summary>
/// Adds attributes to the blocks of a comment: directions, and the numbers that list items were given.
/// </summary>
internal static class CommentBlocks
{
    /// <summary>Adds the attributes of one block.</summary>
    public static void AddAttributes(Block block)
    {
        if (block is ParagraphBlock or ListItemBlock)
        {
            block.GetAttributes().AddProperty("dir", "auto");
        }
        else if (block is QuoteBlock or ListBlock && IsRightToLeft(block))
        {
            // With "auto", a browser skips the text of the blocks inside.
            block.GetAttributes().AddProperty("dir", "rtl");
        }

        if (block is ListBlock { IsOrdered: true } list)
        {
            NumberItems(list);
        }
    }

    /// <summary>Sets the number of each item that does not follow from the one before it.</summary>
    private static void NumberItems(ListBlock list)
    {
        var items = list.OfType<ListItemBlock>().ToList();
        foreach (var (item, previous) in items.Skip(1).Zip(items))
        {
            if (item.Order != previous.Order + 1)
            {
                item.GetAttributes().AddProperty("value", item.Order.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    private static bool IsRightToLeft(Block block) =>
        ((ContainerBlock)block)
            .Descendants<LeafBlock>()
            .SelectMany(leaf => leaf.Inline?.FindDescendants<Markdig.Syntax.Inlines.LiteralInline>() ?? [])
            .SelectMany(literal => literal.Content.ToString().EnumerateRunes())
            .FirstOrDefault(Rune.IsLetter)
            .Value
            is (>= 0x0590 and <= 0x08FF)
                or (>= 0xFB1D and <= 0xFDFF)
                or (>= 0xFE70 and <= 0xFEFF)
                or (>= 0x10800 and <= 0x10FFF)
                or (>= 0x1E800 and <= 0x1EFFF);
}
