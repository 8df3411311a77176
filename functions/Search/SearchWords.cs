using ServerlessBlog.Texts;

namespace ServerlessBlog.Search;

/// <summary>
/// Splits a text into words as the index has them: without accents, in lower case; a run of Chinese, Japanese, Korean
/// and other letters that are written without spaces as pairs of neighbours, and its last letter alone.
/// </summary>
/// <remarks>
/// The same code splits what is indexed, what is searched for, and the text in which hits are marked: so they agree.
/// <c>C#</c>, <c>F#</c> and <c>C++</c> are words of their own.
/// </remarks>
internal static class SearchWords
{
    /// <summary>The most letters of a word that count; longer ones, such as encoded data, are cut off there.</summary>
    private const int MaxLength = 64;

    /// <summary>Splits a text. The words are in the order of the text.</summary>
    public static IEnumerable<SearchWord> Split(string text)
    {
        for (var i = 0; i < text.Length; )
        {
            if (char.IsAscii(text[i]) && !char.IsAsciiLetterOrDigit(text[i]))
            {
                i++;
                continue;
            }

            var end = EndOfRun(text, i, IsPaired);
            if (end > i)
            {
                foreach (var pair in Pairs(text, i, end))
                {
                    yield return pair;
                }

                i = end;
                continue;
            }

            end = EndOfRun(text, i, IsUnpaired);
            if (end > i)
            {
                end = EndOfSigns(text, i, end);
                if (Fold(text.AsSpan(i, Math.Min(end - i, MaxLength))) is { Length: > 0 } word)
                {
                    yield return new SearchWord(i, end, word);
                }

                i = end;
                continue;
            }

            i += RuneAt(text, i).Utf16SequenceLength;
        }
    }

    /// <summary>Joins the words of a text with spaces: the form in which the index gets it.</summary>
    public static string Join(string text) => string.Join(' ', Split(text).Select(word => word.Text));

    /// <summary>Pairs of neighbours, and the last letter alone, so that one letter is found as a beginning.</summary>
    private static IEnumerable<SearchWord> Pairs(string text, int start, int end)
    {
        for (var i = start; i < end; )
        {
            var next = i + RuneAt(text, i).Utf16SequenceLength;
            var pairEnd = next < end ? next + RuneAt(text, next).Utf16SequenceLength : next;
            yield return new SearchWord(i, pairEnd, Fold(text.AsSpan(i, pairEnd - i)))
            {
                IsLastOfPairs = next == end,
                IsPair = next < end,
            };
            i = next;
        }
    }

    /// <summary>The signs of C#, F#, C++ and the like belong to the word, unless another word follows.</summary>
    private static int EndOfSigns(string text, int start, int end)
    {
        var signs =
            text.AsSpan(end).StartsWith("++") ? 2
            : text.AsSpan(end).StartsWith("#") ? 1
            : 0;
        var isFree =
            end + signs == text.Length || RuneAt(text, end + signs) is var next && (!IsLetter(next) || IsPaired(next));
        return signs > 0 && isFree && char.IsAsciiLetter(text[end - 1]) && end - start < MaxLength - 2
            ? end + signs
            : end;
    }

    private static int EndOfRun(string text, int start, Func<Rune, bool> belongs)
    {
        var end = start;
        while (end < text.Length && belongs == IsUnpaired && char.IsAsciiLetterOrDigit(text[end]))
        {
            end++; // most letters of most blogs
        }

        while (end < text.Length && RuneAt(text, end) is var rune && belongs(rune))
        {
            end += rune.Utf16SequenceLength;
        }

        return end;
    }

    /// <summary>The character at a position; U+FFFD for half a surrogate pair.</summary>
    private static Rune RuneAt(string text, int position) =>
        Rune.TryGetRuneAt(text, position, out var rune) ? rune : Rune.ReplacementChar;

    /// <summary>Letters of the scripts that are written with spaces between words.</summary>
    private static readonly Func<Rune, bool> IsUnpaired = rune => IsLetter(rune) && !IsPaired(rune);

    /// <summary>Letters, digits and the marks that combine with them.</summary>
    private static bool IsLetter(Rune rune) =>
        rune.IsAscii ? Rune.IsLetterOrDigit(rune) : Rune.GetUnicodeCategory(rune) <= UnicodeCategory.OtherNumber;

    /// <summary>
    /// Scripts that are written without spaces between words, and Hangul, whose words end in particles: Thai and Lao,
    /// Burmese, Khmer, kana, bopomofo, ideographs, Hangul syllables.
    /// </summary>
    private static bool IsPaired(Rune rune) =>
        rune.Value >= 0x0E00
        && IsLetter(rune)
        && rune.Value
            is (<= 0x0EFF)
                or (>= 0x1000 and <= 0x109F)
                or (>= 0x1780 and <= 0x17FF)
                or (>= 0x3005 and <= 0x312F)
                or (>= 0x31F0 and <= 0x31FF)
                or (>= 0x3400 and <= 0x9FFF)
                or (>= 0xAC00 and <= 0xD7AF)
                or (>= 0xF900 and <= 0xFAFF)
                or (>= 0x20000 and <= 0x3FFFF);

    private static string Fold(ReadOnlySpan<char> word)
    {
        var lower = new string(word).ToLowerInvariant();
        if (Ascii.IsValid(lower))
        {
            return lower;
        }

        var folded = new StringBuilder(lower.Length);
        foreach (var sign in lower)
        {
            _ = sign switch
            {
                < '\u0080' => folded.Append(sign),
                >= '\uFF01' and <= '\uFF5E' => folded.Append(char.ToLowerInvariant((char)(sign - 0xFEE0))),
                _ when IsMark(sign) => folded,
                _ => folded.Append(WithoutAccent(sign)),
            };
        }

        return folded.ToString();
    }

    /// <summary>
    /// Accents, the points of Hebrew and Arabic, hamza on alif, and the nukta of Devanagari, which most people leave
    /// out.
    /// </summary>
    private static bool IsMark(char sign) =>
        sign
            is (>= '\u0300' and <= '\u036F')
                or (>= '\u0591' and <= '\u05C7')
                or (>= '\u064B' and <= '\u0655')
                or '\u0670'
                or '\u0640'
                or '\u093C';

    private static string WithoutAccent(char sign) =>
        sign switch
        {
            'ß' => "ss",
            'æ' => "ae",
            'œ' => "oe",
            'ø' => "o",
            'đ' => "d",
            'ð' => "d",
            'þ' => "th",
            'ł' => "l",
            'ı' => "i",
            'ς' => "σ",
            'ة' => "ه",
            'ى' => "ي",
            _ when char.IsSurrogate(sign) || sign > '\u1FFF' => sign.ToString(),
            _ => string.Concat(Nfc.Decompose(sign.ToString()).Where(part => !IsMark(part))),
        };
}

/// <summary>A word of a text.</summary>
/// <param name="Start">The index of its first character in the text.</param>
/// <param name="End">The index after its last character.</param>
/// <param name="Text">The word as the index has it.</param>
internal readonly record struct SearchWord(int Start, int End, string Text)
{
    /// <summary>Whether this is a pair of neighbours.</summary>
    public bool IsPair { get; init; }

    /// <summary>Whether this is the last letter of a run that is indexed as pairs, alone.</summary>
    public bool IsLastOfPairs { get; init; }
}
