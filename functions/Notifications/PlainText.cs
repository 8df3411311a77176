namespace ServerlessBlog.Notifications;

/// <summary>
/// Prepares text for plain-text mails. Mail programs turn everything that looks like a link into one, so strangers'
/// text is defanged.
/// </summary>
public static class PlainText
{
    /// <summary>The maximum factor by which <see cref="Defang"/> lengthens a text.</summary>
    public const int MaxGrowth = 4;

    private const char ZeroWidthNonJoiner = '\u200C'; // required by Persian and Indic words
    private const char ZeroWidthJoiner = '\u200D'; // required by emoji

    /// <summary>
    /// Changes a stranger's text so that no mail program makes a link of any part, while people can still read it.
    /// </summary>
    /// <remarks>
    /// <c>https://a.example/x</c> becomes <c>https[:]//a[.]example/x</c>, and <c>me@a.example</c> becomes
    /// <c>me[at]a[.]example</c>. The result contains no "://", no "@", no "www.", no dot between letters or digits of
    /// any script, and nothing that only Outlook makes a link of: <c>tel:1</c>, <c>\\server</c>. Idempotent.
    /// </remarks>
    public static string Defang(string text)
    {
        var clean = Clean(text);
        var defanged = new StringBuilder(clean.Length + 64);
        for (var at = 0; at < clean.Length; at++)
        {
            _ = clean[at] switch
            {
                '@' or '\uFF20' or '\uFE6B' => defanged.Append("[at]"),
                ':' when IsAfterScheme(clean, at) => defanged.Append("[:]"),
                '.' when IsDomainDot(clean, at) => defanged.Append("[.]"),
                '\uFF0E' or '\u3002' or '\uFF61' when IsAsciiDomainDot(clean, at) => defanged.Append("[.]"),
                '\\' when At(clean, at - 1) == '\\' => defanged.Append("[\\]"),
                var other => defanged.Append(other),
            };
        }

        return defanged.ToString();
    }

    /// <summary>
    /// Converts line breaks to \n and removes other control characters than \t, and invisible characters, such as those
    /// that change the reading direction. An unpaired surrogate becomes U+FFFD.
    /// </summary>
    internal static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (
                rune.Value is '\n' or '\t' or ZeroWidthNonJoiner or ZeroWidthJoiner
                || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format)
            )
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }

    /// <summary>
    /// Converts text to one line for a header or a log. Each run of white space and control characters becomes one
    /// space; the line is truncated to <paramref name="maxLength"/> characters, the last of which is an ellipsis then.
    /// </summary>
    internal static string OneLine(string text, int maxLength)
    {
        var words = new string([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]).Split(
            (char[]?)null,
            StringSplitOptions.RemoveEmptyEntries
        );
        var line = Clean(string.Join(' ', words));
        if (line.Length <= maxLength)
        {
            return line;
        }

        var end = maxLength - 1;
        return line[..(char.IsHighSurrogate(line[end - 1]) ? end - 1 : end)] + "…";
    }

    /// <summary>
    /// Whether the colon is before "//", after "mailto", or between a letter and a character that is no white space.
    /// </summary>
    private static bool IsAfterScheme(string text, int at) =>
        text.AsSpan(at).StartsWith("://", StringComparison.Ordinal)
        || text.AsSpan(0, at).EndsWith("mailto", StringComparison.OrdinalIgnoreCase)
        || (char.IsLetter(At(text, at - 1)) && !char.IsWhiteSpace(At(text, at + 1)));

    /// <summary>Whether the dot is after "www" or between two characters of a domain name.</summary>
    private static bool IsDomainDot(string text, int at) =>
        text.AsSpan(0, at).EndsWith("www", StringComparison.OrdinalIgnoreCase)
        || (IsDomainCharacter(At(text, at - 1)) && IsDomainCharacter(At(text, at + 1)));

    /// <summary>
    /// Whether the full stop of another script is between ASCII letters or digits. Such full stops separate domain
    /// labels too (RFC 3490, 3.1), but between Chinese words they end sentences.
    /// </summary>
    private static bool IsAsciiDomainDot(string text, int at) =>
        char.IsAsciiLetterOrDigit(At(text, at - 1)) && char.IsAsciiLetterOrDigit(At(text, at + 1));

    /// <summary>
    /// Whether the character can be part of a domain name: all except white space, punctuation other than connectors
    /// such as "_", and symbols of mathematics, currencies and modifiers, since there are domains in every script and
    /// of emoji.
    /// </summary>
    private static bool IsDomainCharacter(char letter) =>
        !char.IsWhiteSpace(letter)
        && char.GetUnicodeCategory(letter)
            is not (
                UnicodeCategory.OpenPunctuation
                or UnicodeCategory.ClosePunctuation
                or UnicodeCategory.InitialQuotePunctuation
                or UnicodeCategory.FinalQuotePunctuation
                or UnicodeCategory.DashPunctuation
                or UnicodeCategory.OtherPunctuation
                or UnicodeCategory.MathSymbol
                or UnicodeCategory.CurrencySymbol
                or UnicodeCategory.ModifierSymbol
            );

    /// <summary>Returns the character at an index; a space when the index is out of range.</summary>
    private static char At(string text, int at) => at >= 0 && at < text.Length ? text[at] : ' ';
}
