namespace ServerlessBlog.Search.Queries;

/// <summary>A word or phrase that is searched for.</summary>
/// <param name="Words">The words as the index has them, at least one; several must follow each other.</param>
/// <param name="IsPrefix">Whether the last word is the beginning of one.</param>
/// <param name="IsExact">Whether it was written in quotation marks: its last word is not taken as a beginning.</param>
internal sealed record SearchTerm(IReadOnlyList<string> Words, bool IsPrefix, bool IsExact)
{
    /// <summary>The fewest letters that are taken as the beginning of other words: 3.</summary>
    private const int MinPrefix = 3;

    /// <summary>Parses a word or phrase; null when it has no letter.</summary>
    public static SearchTerm? Parse(string text, bool isQuoted)
    {
        var words = SearchWords.Split(text).ToList();
        if (words.Count == 0)
        {
            return null;
        }

        // The index has the last letter of a run of pairs where the run ends; a reader's run may go on there.
        var isRunOpen = words[^1].IsLastOfPairs;
        if (words is [.., { IsPair: true }, { IsLastOfPairs: true }])
        {
            words.RemoveAt(words.Count - 1);
            isRunOpen = false;
        }

        return new SearchTerm(
            [.. words.Select(word => word.Text)],
            isRunOpen || (!isQuoted && text.EndsWith('*') && words[^1].Text.Length > 1),
            isQuoted
        );
    }

    /// <summary>
    /// The term in the query language of FTS5 (https://www.sqlite.org/fts5.html#full_text_query_syntax).
    /// </summary>
    /// <param name="asBeginning">Whether the last word may go on.</param>
    public string ToMatch(bool asBeginning) =>
        $"\"{string.Join(' ', Words)}\"{(IsPrefix || (asBeginning && CanGoOn) ? " *" : "")}";

    /// <summary>Whether a word of a text is the word of this term at a position.</summary>
    public bool Matches(int position, string word) =>
        position == Words.Count - 1 && (IsPrefix || CanGoOn)
            ? word.StartsWith(Words[position], StringComparison.Ordinal)
            : word == Words[position];

    private bool CanGoOn => !IsExact && Words[^1].Length >= MinPrefix;
}
