namespace ServerlessBlog.Settings;

/// <summary>Finds the known name that a misspelled one probably stands for.</summary>
public static class SpellingSuggestion
{
    /// <summary>The number of characters compared, 60: the time grows with the product of both lengths.</summary>
    private const int MaxCompared = 60;

    /// <summary>
    /// The known name with the smallest <see cref="Distance"/>. Null when that distance is more than 1 and more than a
    /// third of the word's length.
    /// </summary>
    /// <param name="word">The misspelled name.</param>
    /// <param name="known">The names that exist; may be empty.</param>
    public static string? Nearest(string word, IEnumerable<string> known) =>
        known
            .Select(name => (Name: name, Distance: Distance(word, name)))
            .Where(candidate => candidate.Distance <= Math.Max(1, word.Length / 3))
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault()
            .Name;

    /// <summary>
    /// The number of letters to insert, delete, replace or swap with their neighbour to get from one word to the other
    /// (optimal string alignment, https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance).
    /// </summary>
    public static int Distance(string from, string to)
    {
        from = from[..Math.Min(from.Length, MaxCompared)];
        var rows = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                rows[i, j] =
                    i == 0 || j == 0
                        ? i + j
                        : Math.Min(
                            Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1,
                            rows[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1)
                        );
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[from.Length, to.Length];
    }
}
