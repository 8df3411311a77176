using ServerlessBlog.Posts;

namespace ServerlessBlog.Search.Queries;

/// <summary>
/// What somebody searches for: words, phrases in quotation marks, beginnings with a star, <c>tag:</c> and <c>year:</c>.
/// Whatever else is written counts as words, so no query is an error of syntax.
/// </summary>
public sealed partial class SearchQuery
{
    /// <summary>The maximum length in characters: 200.</summary>
    public const int MaxLength = 200;

    /// <summary>The maximum number of words, phrases and filters: 16.</summary>
    public const int MaxTerms = 16;

    private readonly IReadOnlyList<SearchTerm> _terms;

    private SearchQuery(string text, IReadOnlyList<SearchTerm> terms, IReadOnlyList<Tag> tags, int? year) =>
        (Text, _terms, Tags, Year) = (text, terms, tags, year);

    /// <summary>What was written, without white space at its ends.</summary>
    public string Text { get; }

    /// <summary>The tags that posts must have.</summary>
    public IReadOnlyList<Tag> Tags { get; }

    /// <summary>The year in which posts must have been published, in the blog's time zone; null for any.</summary>
    public int? Year { get; }

    /// <summary>Whether there is nothing to search for.</summary>
    public bool IsEmpty => _terms.Count == 0 && Tags.Count == 0 && Year is null;

    /// <summary>Whether there are words, and not only filters.</summary>
    internal bool HasWords => _terms.Count > 0;

    /// <summary>The words and phrases.</summary>
    internal IReadOnlyList<SearchTerm> Terms => _terms;

    /// <summary>Parses what was written. Returns false when it is too long.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SearchQuery? query)
    {
        text = text?.Trim() ?? "";
        query = null;
        if (text.Length > MaxLength)
        {
            return false;
        }

        var (terms, tags, year) = (new List<SearchTerm>(), new List<Tag>(), (int?)null);
        foreach (Match part in Parts().Matches(text))
        {
            var value = part.Groups["quoted"] is { Success: true } quoted ? quoted.Value : part.Groups["word"].Value;
            switch (part.Groups["field"].Value.ToUpperInvariant())
            {
                case "TAG:" when string.IsNullOrWhiteSpace(value):
                    break;
                case "TAG:":
                    tags.Add(Tag.Parse(value));
                    break;
                case "YEAR:" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                    year = number;
                    break;
                default:
                    terms.AddRange(TermsIn(part.Groups["field"].Value + value, part.Groups["quoted"].Success));
                    break;
            }
        }

        query = new SearchQuery(text, terms, tags, year);
        return terms.Count + tags.Count <= MaxTerms;
    }

    /// <summary>The query for posts that have all words, as written or as beginnings of others.</summary>
    internal string MatchAll(bool asBeginnings) =>
        string.Join(" AND ", _terms.Select(term => term.ToMatch(asBeginnings)));

    /// <summary>The query for posts that have any of the words.</summary>
    internal string MatchAny() => string.Join(" OR ", _terms.Select(term => term.ToMatch(asBeginning: true)));

    /// <summary>One term; of a phrase in quotation marks too. None when there is no letter in it.</summary>
    private static IEnumerable<SearchTerm> TermsIn(string text, bool isQuoted) =>
        SearchTerm.Parse(text, isQuoted) is { } term ? [term] : [];

    [GeneratedRegex(
        """(?<field>(?:tag|year):)?(?:["“”„](?<quoted>[^"“”„]*)["“”]?|(?<word>[^\s"“”„]+))""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Parts();
}
