using AnyAscii;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Media;

/// <summary>
/// Makes parts of addresses from names that people chose. Latin, Greek, Cyrillic, Armenian and Georgian letters become
/// a-z; letters of other scripts stay, because their romanization would be a guess: Han characters have several
/// readings, Arabic and Hebrew words are written without vowels.
/// </summary>
public static class PlainName
{
    private const int ZeroWidthNonJoiner = 0x200C; // separates parts of a Persian word

    /// <summary>The first and last code points of the blocks whose letters become a-z.</summary>
    private static readonly (int First, int Last)[] Romanized =
    [
        (0x80, 0x58F), // Latin to Armenian
        (0x10A0, 0x10FF), // Georgian
        (0x1C80, 0x1CBF), // Cyrillic Extended-C, Georgian Extended
        (0x1D00, 0x1FFF), // Phonetic Extensions to Greek Extended, with combining marks
        (0x2070, 0x218F), // superscripts, letterlike symbols, number forms
        (0x2C60, 0x2C7F), // Latin Extended-C
        (0x2D00, 0x2D2F), // Georgian Supplement
        (0x2DE0, 0x2DFF), // Cyrillic Extended-A
        (0xA640, 0xA69F), // Cyrillic Extended-B
        (0xA720, 0xA7FF), // Latin Extended-D
        (0xAB30, 0xAB6F), // Latin Extended-E
        (0xFB00, 0xFB17), // ligatures
        (0xFF01, 0xFF5E), // fullwidth forms
    ];

    /// <summary>
    /// Lower-cases letters and puts one hyphen in place of any run of characters that are neither letters nor digits:
    /// "Côte d'Azur (2)" becomes "cote-d-azur-2", "你好, 2026" becomes "你好-2026".
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="maxLength">The maximum length of the result, in characters; a longer one is truncated.</param>
    /// <param name="language">The language tag of the text, for "ae" from "ä" in German; null when not known.</param>
    /// <returns>The name in NFC; empty when the text has neither a letter nor a digit.</returns>
    public static string From(string text, int maxLength, string? language = null)
    {
        var isGerman = language?.Split('-')[0].Equals("de", StringComparison.OrdinalIgnoreCase) is true;
        var plain = new StringBuilder();
        foreach (var character in Nfc.Normalize(text).EnumerateRunes())
        {
            Append(plain, Rune.ToLowerInvariant(character), isGerman);
        }

        plain.Length = Math.Min(plain.Length, maxLength);
        if (plain.Length > 0 && char.IsHighSurrogate(plain[^1]))
        {
            plain.Length--;
        }

        return plain.ToString().Trim('-');
    }

    private static void Append(StringBuilder plain, Rune character, bool isGerman)
    {
        var category = Rune.GetUnicodeCategory(character);
        if (IsRomanized(character, category))
        {
            AppendRomanized(plain, character, isGerman);
        }
        else if (Rune.IsLetterOrDigit(character))
        {
            plain.Append(character);
        }
        else if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
        {
            AppendMark(plain, character);
        }
        else if (category != UnicodeCategory.Format || character.Value == ZeroWidthNonJoiner)
        {
            AppendHyphen(plain);
        }
    }

    /// <summary>Vowel signs stay behind a letter of their script; other marks, such as emoji's, are left out.</summary>
    private static void AppendMark(StringBuilder plain, Rune mark)
    {
        if (plain.Length > 0 && plain[^1] > '\u02FF' && mark.Value is not (>= 0xFE00 and <= 0xFE0F))
        {
            plain.Append(mark);
        }
    }

    private static void AppendRomanized(StringBuilder plain, Rune character, bool isGerman)
    {
        if (isGerman && character.Value is ('ä' or 'ö' or 'ü'))
        {
            plain.Append(
                character.Value switch
                {
                    'ä' => "ae",
                    'ö' => "oe",
                    _ => "ue",
                }
            );
            return;
        }

        foreach (var letter in Transliteration.Transliterate(character))
        {
            if (char.IsAsciiLetterOrDigit((char)letter))
            {
                plain.Append(char.ToLowerInvariant((char)letter));
            }
            else if (!Rune.IsLetter(character)) // not a soft sign or an okina, but the slash of ½
            {
                AppendHyphen(plain);
            }
        }
    }

    private static void AppendHyphen(StringBuilder plain)
    {
        if (plain.Length > 0 && plain[^1] != '-')
        {
            plain.Append('-');
        }
    }

    private static bool IsRomanized(Rune character, UnicodeCategory category) =>
        category switch
        {
            UnicodeCategory.OtherNumber or UnicodeCategory.LetterNumber => true,
            _ when Rune.IsLetterOrDigit(character) || category == UnicodeCategory.NonSpacingMark => Array.Exists(
                Romanized,
                block => character.Value >= block.First && character.Value <= block.Last
            ),
            _ => false,
        };
}
