namespace ServerlessBlog.Import.WordPress;

/// <summary>
/// Makes paragraphs of a text as WordPress does when it shows one (wpautop): blank lines separate paragraphs, other
/// line ends are breaks. Blocks of HTML and preformatted text stay as they are.
/// </summary>
internal static partial class WordPressHtml
{
    private const string Blocks =
        "address|article|aside|audio|blockquote|details|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|"
        + "h[1-6]|header|hr|iframe|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|video|!--";

    /// <summary>Returns the text with paragraphs.</summary>
    public static string ToParagraphs(string text)
    {
        var result = new StringBuilder();
        var at = 0;
        foreach (Match kept in Preformatted().Matches(text))
        {
            AppendParagraphs(result, text[at..kept.Index]);
            result.Append(kept.Value).Append('\n');
            at = kept.Index + kept.Length;
        }

        AppendParagraphs(result, text[at..]);
        return result.ToString();
    }

    private static void AppendParagraphs(StringBuilder result, string text)
    {
        foreach (var part in BlankLines().Split(text).Select(part => part.Trim()).Where(part => part.Length > 0))
        {
            result
                .Append(
                    StartsWithBlock().IsMatch(part) || EndOfBlock().IsMatch(part)
                        ? part
                        : $"<p>{part.Replace("\n", "<br>\n", StringComparison.Ordinal)}</p>"
                )
                .Append('\n');
        }
    }

    [GeneratedRegex(
        @"<(pre|script|style|textarea)\b[^<>]*>.*?</\1\s*>",
        RegexOptions.IgnoreCase | RegexOptions.Singleline
    )]
    private static partial Regex Preformatted();

    [GeneratedRegex(@"\n[ \t]*(?:\n[ \t]*)+")]
    private static partial Regex BlankLines();

    [GeneratedRegex("^<(?:" + Blocks + @")(?:[\s/>]|$|(?<=!--))", RegexOptions.IgnoreCase)]
    private static partial Regex StartsWithBlock();

    [GeneratedRegex("^</(?:" + Blocks + ")", RegexOptions.IgnoreCase)]
    private static partial Regex EndOfBlock();
}
