namespace ServerlessBlog.Texts;

/// <summary>
/// Unicode Normalization Form C (UAX #15), in which names are compared: é is one name whether it was typed as one
/// character or as e with U+0301.
/// </summary>
/// <remarks>
/// <c>string.Normalize</c> does nothing under InvariantGlobalization. The tables are read at the first text with a
/// character from U+0300; no character below it ever changes. Thread-safe.
/// </remarks>
public static class Nfc
{
    private const int FirstThatChanges = 0x300;

    // Hangul syllables, UAX #15 and the Unicode Standard, section 3.12. The first trailing consonant stands for none.
    private const int FirstSyllable = 0xAC00;
    private const int FirstLead = 0x1100;
    private const int FirstVowel = 0x1161;
    private const int FirstTrail = 0x11A7;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Trails = 28;

    private static readonly Lazy<Tables> Data = new(Tables.Read);

    /// <summary>Composes a text. Half a surrogate pair stays as it is.</summary>
    public static string Normalize(string text) =>
        IsUnchanged(text) ? text : ToText(Compose(ToOrderedDecomposition(text)));

    /// <summary>Decomposes a text (form D), as some file systems store names.</summary>
    public static string Decompose(string text) => Ascii.IsValid(text) ? text : ToText(ToOrderedDecomposition(text));

    private static bool IsUnchanged(string text) =>
        text.AsSpan().IndexOfAnyExceptInRange('\0', (char)(FirstThatChanges - 1)) < 0;

    private static List<int> ToOrderedDecomposition(string text)
    {
        var decomposed = new List<int>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            AppendDecomposition(decomposed, isPair ? char.ConvertToUtf32(text[i], text[++i]) : text[i]);
        }

        SortMarks(decomposed);
        return decomposed;
    }

    private static void AppendDecomposition(List<int> decomposed, int character)
    {
        if (character is >= FirstSyllable and < FirstSyllable + (Leads * Vowels * Trails))
        {
            var syllable = character - FirstSyllable;
            decomposed.Add(FirstLead + (syllable / (Vowels * Trails)));
            decomposed.Add(FirstVowel + (syllable / Trails % Vowels));
            if (syllable % Trails > 0)
            {
                decomposed.Add(FirstTrail + (syllable % Trails));
            }
        }
        else if (Data.Value.Decompositions.TryGetValue(character, out var parts))
        {
            Array.ForEach(parts, part => AppendDecomposition(decomposed, part));
        }
        else
        {
            decomposed.Add(character);
        }
    }

    /// <summary>Sorts each run of combining marks by class, stably: the canonical order.</summary>
    private static void SortMarks(List<int> characters)
    {
        for (var i = 1; i < characters.Count; i++)
        {
            var (mark, position) = (characters[i], i);
            for (; ClassOf(mark) > 0 && position > 0 && ClassOf(characters[position - 1]) > ClassOf(mark); position--)
            {
                characters[position] = characters[position - 1];
            }

            characters[position] = mark;
        }
    }

    private static List<int> Compose(List<int> decomposed)
    {
        var composed = new List<int>(decomposed.Count);
        var (starter, lastClass) = (-1, 0);
        foreach (var character in decomposed)
        {
            var mark = ClassOf(character);
            var isNext = lastClass == 0 ? composed.Count - 1 == starter : lastClass < mark;
            if (starter >= 0 && isNext && ComposePair(composed[starter], character) is { } pair)
            {
                composed[starter] = pair;
                continue;
            }

            starter = mark == 0 ? composed.Count : starter;
            lastClass = mark;
            composed.Add(character);
        }

        return composed;
    }

    private static int? ComposePair(int first, int second)
    {
        var (lead, vowel, syllable, trail) = (
            first - FirstLead,
            second - FirstVowel,
            first - FirstSyllable,
            second - FirstTrail
        );
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels)
        {
            return FirstSyllable + (((lead * Vowels) + vowel) * Trails);
        }

        return syllable is >= 0 and < Leads * Vowels * Trails && syllable % Trails == 0 && trail is > 0 and < Trails
                ? first + trail
            : Data.Value.Compositions.TryGetValue((first, second), out var composed) ? composed
            : null;
    }

    private static int ClassOf(int character) =>
        character < FirstThatChanges ? 0 : Data.Value.Classes.GetValueOrDefault(character);

    private static string ToText(List<int> characters)
    {
        var text = new StringBuilder(characters.Count);
        foreach (var character in characters)
        {
            _ =
                character > char.MaxValue
                    ? text.Append(char.ConvertFromUtf32(character))
                    : text.Append((char)character);
        }

        return text.ToString();
    }

    /// <summary>The tables of nfc.txt, an embedded file that begins with a description of its lines.</summary>
    private sealed class Tables
    {
        public Dictionary<int, int> Classes { get; } = [];

        public Dictionary<int, int[]> Decompositions { get; } = [];

        public Dictionary<(int, int), int> Compositions { get; } = [];

        public static Tables Read()
        {
            var tables = new Tables();
            using var lines = new StreamReader(typeof(Nfc).Assembly.GetManifestResourceStream("nfc.txt")!);
            while (lines.ReadLine() is { } line)
            {
                if (line[0] != '#')
                {
                    tables.Add(line, line.IndexOfAny([':', '=', '>']));
                }
            }

            return tables;
        }

        private void Add(string line, int end)
        {
            var (left, right) = (line[..end], line[(end + 1)..]);
            if (line[end] == ':')
            {
                var range = left.Split('-');
                for (var character = FromHex(range[0]); character <= FromHex(range[^1]); character++)
                {
                    Classes[character] = int.Parse(right, CultureInfo.InvariantCulture);
                }

                return;
            }

            int[] parts = [.. right.Split(' ').Select(FromHex)];
            Decompositions[FromHex(left)] = parts;
            if (line[end] == '=')
            {
                Compositions[(parts[0], parts[1])] = FromHex(left);
            }
        }

        private static int FromHex(string text) =>
            int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
