namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>The conversion of a post file to and from the text of an HTML text area.</summary>
public static class EditableText
{
    /// <summary>
    /// Decodes a file to text with LF line ends. Returns null for a file that a browser would not send back unchanged:
    /// larger than <see cref="PostFile.MaxBytes"/>, not UTF-8, or with control characters other than tabs
    /// (https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state).
    /// </summary>
    public static string? Decode(byte[] bytes) =>
        bytes.Length <= PostFile.MaxBytes
        && PostFile.TryDecode(bytes) is { } text
        && !text.Any(character => char.IsControl(character) && character is not ('\t' or '\n'))
            ? text
            : null;

    /// <summary>Converts a submitted text to LF line ends; browsers send CRLF.</summary>
    public static string FromForm(string submitted) => PostFile.NormalizeLineEnds(submitted);
}
