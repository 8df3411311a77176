namespace ServerlessBlog.Search.Queries;

/// <summary>Cuts the part out of a text that shows most of the words that are searched for.</summary>
internal static class SnippetBuilder
{
    /// <summary>The maximum length of a snippet in characters, without the ellipses: 240.</summary>
    private const int MaxLength = 240;

    /// <summary>The number of characters before the first marked word.</summary>
    private const int Before = 60;

    /// <summary>The number of characters of a text in which words are looked for: 50,000.</summary>
    private const int MaxText = 50_000;

    /// <summary>The number of occurrences that are looked at: 200.</summary>
    private const int MaxOccurrences = 200;

    /// <summary>
    /// Returns the parts of the snippet in order; the beginning of the text when it has none of the words.
    /// </summary>
    public static IReadOnlyList<SnippetPart> Build(string text, IReadOnlyList<SearchTerm> terms)
    {
        var searched = text.Length > MaxText ? text[..MaxText] : text;
        var found = FindAll(searched, terms).Take(MaxOccurrences).ToList();
        var start = found.Count == 0 ? 0 : BeginningOfWord(text, Best(found).Start);
        var end = EndOfWord(text, start + MaxLength);
        return Mark(text, start, end, found);
    }

    /// <summary>The occurrence after which most different terms follow within a snippet; the first of equals.</summary>
    private static Occurrence Best(List<Occurrence> found) =>
        found
            .Index()
            .MaxBy(first =>
                found
                    .Skip(first.Index)
                    .TakeWhile(other => other.End <= first.Item.Start + MaxLength - Before)
                    .Select(other => other.Term)
                    .Distinct()
                    .Count()
            )
            .Item;

    private static IEnumerable<Occurrence> FindAll(string text, IReadOnlyList<SearchTerm> terms)
    {
        var longest = terms.Count == 0 ? 0 : terms.Max(term => term.Words.Count);
        var words = new List<SearchWord>(); // those that may begin an occurrence, and what follows
        foreach (var word in SearchWords.Split(text).Append(default))
        {
            words.Add(word);
            while (words.Count > longest || (word == default && words.Count > 1))
            {
                foreach (var (number, term) in terms.Index())
                {
                    if (IsAtStart(words, term))
                    {
                        yield return new Occurrence(words[0].Start, words[term.Words.Count - 1].End, number);
                    }
                }

                words.RemoveAt(0);
            }
        }
    }

    private static bool IsAtStart(List<SearchWord> words, SearchTerm term)
    {
        for (var position = 0; position < term.Words.Count; position++)
        {
            if (words[position].Text is not { } word || !term.Matches(position, word))
            {
                return false;
            }
        }

        return true;
    }

    private static int BeginningOfWord(string text, int start)
    {
        var from = Math.Max(0, start - Before);
        var space = from == 0 ? -1 : text.IndexOfAny([' ', '\n'], from, start - from);
        var beginning =
            from == 0 ? 0
            : space < 0 ? from
            : space + 1;
        return beginning > 0 && char.IsLowSurrogate(text[beginning]) ? beginning - 1 : beginning;
    }

    private static int EndOfWord(string text, int end)
    {
        if (end >= text.Length)
        {
            return text.Length;
        }

        var space = text.LastIndexOfAny([' ', '\n'], end, Before);
        return space > 0 ? space
            : char.IsLowSurrogate(text[end]) ? end - 1
            : end;
    }

    /// <summary>Splits a part of a text into what is marked and what is not; overlapping marks are one.</summary>
    private static List<SnippetPart> Mark(string text, int start, int end, List<Occurrence> found)
    {
        var (parts, position) = (new List<SnippetPart>(), start);
        foreach (var (from, to) in found.Select(mark => (mark.Start, mark.End)).OrderBy(mark => mark.Start))
        {
            var (first, last) = (Math.Max(from, position), Math.Min(to, end));
            if (first < last)
            {
                Add(parts, text[position..first], isMarked: false);
                Add(parts, text[first..last], isMarked: true);
                position = last;
            }
        }

        Add(parts, text[position..end], isMarked: false);
        return
        [
            .. start > 0 ? [new("…", false)] : NoParts,
            .. parts,
            .. end < text.Length ? [new("…", false)] : NoParts,
        ];
    }

    /// <summary>Adds a part, unless it is empty. A dot stands between two blocks of the text, its lines.</summary>
    private static void Add(List<SnippetPart> parts, string text, bool isMarked)
    {
        text = text.Replace("\n", " · ", StringComparison.Ordinal);
        if (text.Length == 0)
        {
            return;
        }

        if (parts is [.., { IsMarked: true } last] && isMarked)
        {
            parts[^1] = last with { Text = last.Text + text };
        }
        else
        {
            parts.Add(new SnippetPart(text, isMarked));
        }
    }

    private static readonly SnippetPart[] NoParts = [];

    /// <summary>A place where a term is in a text.</summary>
    private readonly record struct Occurrence(int Start, int End, int Term);
}

/// <summary>A part of a snippet.</summary>
/// <param name="Text">Plain text.</param>
/// <param name="IsMarked">Whether it was searched for.</param>
public sealed record SnippetPart(string Text, bool IsMarked);
