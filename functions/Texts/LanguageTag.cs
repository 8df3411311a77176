namespace ServerlessBlog.Texts;

/// <summary>Checks and interprets language tags (BCP 47, RFC 5646).</summary>
public static class LanguageTag
{
    private const int MaxLength = 35;
    private const int MaxSubtag = 8;

    /// <summary>Languages that are written from right to left, unless the tag names a script.</summary>
    private static readonly HashSet<string> RightToLeft = new(
        ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"],
        StringComparer.OrdinalIgnoreCase
    );

    private static readonly HashSet<string> RightToLeftScripts = new(
        ["Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Whether the text has the form of a language tag, such as "en", "pt-BR" or "zh-Hans".</summary>
    public static bool IsValid(string text) =>
        text.Length <= MaxLength
        && text.Split('-') is [{ Length: >= 2 and <= MaxSubtag } language, .. var rest]
        && language.All(char.IsAsciiLetter)
        && rest.All(part => part.Length is > 0 and <= MaxSubtag && part.All(char.IsAsciiLetterOrDigit));

    /// <summary>Whether text in the language is written from right to left.</summary>
    public static bool IsRightToLeft(string tag)
    {
        var parts = tag.Split('-');
        return Array.Find(parts, part => part.Length == 4 && part.All(char.IsAsciiLetter)) is { } script
            ? RightToLeftScripts.Contains(script)
            : RightToLeft.Contains(parts[0]);
    }
}
