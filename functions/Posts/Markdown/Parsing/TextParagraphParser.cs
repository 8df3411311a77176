using Markdig.Parsers;
using Markdig.Syntax;

namespace ServerlessBlog.Posts.Markdown.Parsing;

/// <summary>Parses paragraphs in which nothing is the definition of a link: all of it is text.</summary>
internal class TextParagraphParser : ParagraphBlockParser
{
    /// <summary>Trims the lines, as of every paragraph.</summary>
    public override bool Close(BlockProcessor processor, Block block)
    {
        if (block is ParagraphBlock { Lines: { Count: > 0 } lines })
        {
            for (var line = 0; line < lines.Count; line++)
            {
                lines.Lines[line].Slice.TrimStart();
            }

            lines.Lines[lines.Count - 1].Slice.TrimEnd();
        }

        return true;
    }
}
