using System.Globalization;
using System.Text;

namespace ServerlessBlog.Notifications;

/// <summary>Text for mails, which programs turn into links wherever it looks like one.</summary>
public static class PlainText
{
    /// <summary>A defanged text has at most this many times the characters of the original.</summary>
    public const int MaxGrowth = 4;

    private const char ZeroWidthNonJoiner = '\u200C'; // Persian and Indic words need it
    private const char ZeroWidthJoiner = '\u200D'; // emoji need it

    /// <summary>Makes a stranger's text harmless: no mail program finds a link in it, and people can still read it.</summary>
    /// <remarks>
    /// <c>https://a.example/x</c> becomes <c>https[:]//a[.]example/x</c>, <c>me@a.example</c> becomes <c>me[at]a[.]example</c>.
    /// The result has no "://", no "@", no "www." and no dot between letters or digits of any script; nor what Outlook
    /// links: <c>tel:1</c>, <c>\\server</c>. Twice is the same as once.
    /// </remarks>
    public static string Defang(string text)
    {
        var clean = Clean(text);
        var harmless = new StringBuilder(clean.Length + 64);
        for (var at = 0; at < clean.Length; at++)
        {
            _ = clean[at] switch
            {
                '@' or '\uFF20' or '\uFE6B' => harmless.Append("[at]"),
                ':' when IsAfterScheme(clean, at) => harmless.Append("[:]"),
                '.' when IsInName(clean, at) => harmless.Append("[.]"),
                '\uFF0E' or '\u3002' or '\uFF61' when IsInAsciiName(clean, at) => harmless.Append("[.]"),
                '\\' when At(clean, at - 1) == '\\' => harmless.Append("[\\]"),
                var other => harmless.Append(other),
            };
        }

        return harmless.ToString();
    }

    /// <summary>
    /// Line ends become \n; other control characters than \t go, and so do characters that nobody sees, among them those that turn the reading direction.
    /// </summary>
    internal static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes()) // half a surrogate pair becomes U+FFFD
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

    /// <summary>One line of at most so many characters, for a header or a log: white space and what stands for it become one space.</summary>
    internal static string OneLine(string text, int most)
    {
        var words = new string([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]).Split(
            (char[]?)null,
            StringSplitOptions.RemoveEmptyEntries
        );
        var line = Clean(string.Join(' ', words));
        if (line.Length <= most)
        {
            return line;
        }

        var end = most - 1;
        return line[..(char.IsHighSurrogate(line[end - 1]) ? end - 1 : end)] + "…";
    }

    /// <summary>Before "//", after "mailto", and wherever a letter stands before and no space after.</summary>
    private static bool IsAfterScheme(string text, int at) =>
        text.AsSpan(at).StartsWith("://", StringComparison.Ordinal)
        || text.AsSpan(0, at).EndsWith("mailto", StringComparison.OrdinalIgnoreCase)
        || (char.IsLetter(At(text, at - 1)) && !char.IsWhiteSpace(At(text, at + 1)));

    private static bool IsInName(string text, int at) =>
        text.AsSpan(0, at).EndsWith("www", StringComparison.OrdinalIgnoreCase)
        || (IsOfName(At(text, at - 1)) && IsOfName(At(text, at + 1)));

    /// <summary>Other scripts' full stops end domain labels too (RFC 3490, 3.1); between Chinese words they end sentences.</summary>
    private static bool IsInAsciiName(string text, int at) =>
        char.IsAsciiLetterOrDigit(At(text, at - 1)) && char.IsAsciiLetterOrDigit(At(text, at + 1));

    /// <summary>Anything that is not space, punctuation or a mathematical sign: there are domains in every script, and of emoji.</summary>
    private static bool IsOfName(char letter) =>
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

    /// <summary>A space beyond either end.</summary>
    private static char At(string text, int at) => at >= 0 && at < text.Length ? text[at] : ' ';
}
