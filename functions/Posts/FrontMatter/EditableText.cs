namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>An author's file as a browser's text area holds it.</summary>
public static class EditableText
{
    /// <summary>
    /// The text, its lines ending in LF. Null for what would not come back from a browser as it was: a file that is too large, is not UTF-8, or has
    /// control characters other than tabs (https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state).
    /// </summary>
    public static string? Decode(byte[] bytes) =>
        bytes.Length <= PostFile.MaxBytes
        && PostFile.TryDecode(bytes) is { } text
        && !text.Any(character => char.IsControl(character) && character is not ('\t' or '\n'))
            ? text
            : null;

    /// <summary>What a form has sent, its lines ending in LF: browsers send CRLF.</summary>
    public static string OfForm(string sent) => PostFile.Normal(sent);
}
