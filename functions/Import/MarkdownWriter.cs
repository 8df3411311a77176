namespace ServerlessBlog.Import;

/// <summary>Writes what template tags of other engines stand for as Markdown of this blog.</summary>
internal static class MarkdownWriter
{
    /// <summary>A picture, with a caption below it when there is one.</summary>
    public static string Picture(string address, string? alt, string? caption, string? link = null)
    {
        var picture = $"![{Escape(alt ?? "")}]({Address(address)})";
        picture = string.IsNullOrEmpty(link) ? picture : $"[{picture}]({Address(link)})";
        return string.IsNullOrWhiteSpace(caption) ? picture : Figure(picture, caption);
    }

    /// <summary>A figure: its content between two lines, and its caption behind the last.</summary>
    public static string Figure(string content, string caption) =>
        string.IsNullOrWhiteSpace(caption) ? content.Trim() : $"^^^\n{content.Trim()}\n^^^ {OneLine(caption)}";

    /// <summary>A film of YouTube, by its id or address.</summary>
    public static string YouTube(string id) =>
        Embed("YouTube", id.Contains('/', StringComparison.Ordinal) ? id : $"https://www.youtube.com/watch?v={id}");

    /// <summary>A film of Vimeo, by its id or address.</summary>
    public static string Vimeo(string id) =>
        Embed("Vimeo", id.Contains('/', StringComparison.Ordinal) ? id : $"https://vimeo.com/{id}");

    /// <summary>A film, sound or page that is shown in the post.</summary>
    public static string Embed(string words, string address) => $"![{Escape(words)}]({Address(address)})";

    /// <summary>A link.</summary>
    public static string Link(string words, string address) => $"[{Escape(words)}]({Address(address)})";

    /// <summary>A box with a text.</summary>
    public static string Alert(string kind, string text) =>
        $"> [!{kind}]\n{string.Join('\n', text.Trim('\n').Split('\n').Select(line => "> " + line))}";

    /// <summary>
    /// Source that cannot be translated: as code in a line, or between fences when it has its own lines.
    /// </summary>
    /// <param name="source">The source.</param>
    /// <param name="isBlock">Whether it has its own lines.</param>
    /// <param name="language">The language of the code.</param>
    public static string Code(string source, bool isBlock, string language)
    {
        if (isBlock)
        {
            return MarkdownFences.Fence(source, language);
        }

        var sign = new string('`', source.Contains('`', StringComparison.Ordinal) ? 2 : 1);
        return $"{sign}{(sign.Length > 1 ? " " : "")}{OneLine(source)}{(sign.Length > 1 ? " " : "")}{sign}";
    }

    private static string Address(string address) =>
        address.AsSpan().ContainsAny(" ()") ? $"<{address.Replace("<", "%3C", StringComparison.Ordinal)}>" : address;

    private static string Escape(string text) =>
        OneLine(text).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
