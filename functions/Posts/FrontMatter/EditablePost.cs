namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>
/// A post's file in the parts that its editor shows: fields, the rest of the front matter, and the text. Fields that
/// are not changed, and everything that the program does not know, stay as they are in the file.
/// </summary>
/// <param name="Head">
/// The file up to the first line of the text: front matter and empty lines. Empty for a new file.
/// </param>
/// <param name="Fields">The fields.</param>
/// <param name="Body">The Markdown or HTML text.</param>
public sealed record EditablePost(string Head, EditableFields Fields, string Body)
{
    private const string GapOfNewFile = "\n";

    private static readonly EditablePost Empty = new("", new EditableFields(), "");

    /// <summary>
    /// Splits a file with LF line ends. Null when its front matter cannot be edited in fields: it is missing, invalid,
    /// or written in a way that does not have each field on lines of its own.
    /// </summary>
    public static EditablePost? TrySplit(string text)
    {
        if (text.Length == 0)
        {
            return Empty;
        }

        try
        {
            var block = FrontMatterBlock.Split(text);
            var gap = block.Body.Length - block.Body.TrimStart('\n').Length;
            var head = text[..(text.Length - block.Body.Length + gap)];
            return FrontMatterLines.TrySplit(block) is { } lines
                ? new EditablePost(head, lines.ReadFields(), block.Body[gap..])
                : null;
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    /// <summary>Joins the parts to a file. Parts that are as they were split give the same text.</summary>
    /// <param name="head">The head of the file as it was split, see <see cref="Head"/>; from outside.</param>
    /// <param name="fields">The fields, which may have been changed.</param>
    /// <param name="body">The text, which may have been changed.</param>
    public static string Join(string head, EditableFields fields, string body)
    {
        var before = TrySplit(head) ?? Empty;
        if (before.Head.Length > 0 && before.Fields == fields)
        {
            return before.Head + body;
        }

        var block = before.Head.Length == 0 ? null : FrontMatterBlock.Split(head);
        var lines = block is null ? FrontMatterLines.Empty : FrontMatterLines.TrySplit(block)!;
        var sign = lines.IsToml ? "+++" : "---";
        return $"{sign}\n{lines.With(fields)}{sign}\n{block?.Body ?? GapOfNewFile}{body}";
    }
}
