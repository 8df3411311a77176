namespace ServerlessBlog.Posts.Storage;

/// <summary>Ranks posts by similarity: first by shared tags, then by shared words of titles and summaries.</summary>
internal static class PostSimilarity
{
    private const int MaxResults = 3;
    private const int MinWordLength = 4;

    /// <summary>The weight of a shared tag: more than the number of words in a title and a summary.</summary>
    private const int TagWeight = 10_000;

    /// <summary>Stop words of at least <see cref="MinWordLength"/> letters, in English.</summary>
    private static readonly HashSet<string> StopWords = new(
        [
            "about",
            "after",
            "also",
            "because",
            "been",
            "before",
            "could",
            "does",
            "every",
            "from",
            "have",
            "here",
            "into",
            "just",
            "made",
            "make",
            "many",
            "more",
            "most",
            "much",
            "only",
            "other",
            "over",
            "same",
            "should",
            "some",
            "such",
            "than",
            "that",
            "their",
            "them",
            "then",
            "there",
            "these",
            "they",
            "this",
            "those",
            "through",
            "very",
            "what",
            "when",
            "where",
            "which",
            "while",
            "will",
            "with",
            "without",
            "would",
            "your",
        ],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>
    /// Returns the most similar posts, at most 3, the most similar first, of equals the newest first. Leaves out posts
    /// that have at most one word and no tag in common.
    /// </summary>
    public static IReadOnlyList<ListedPost> Best(ListedPost post, IEnumerable<ListedPost> candidates)
    {
        var (tags, words) = (GetTags(post), GetWords(post));
        return
        [
            .. candidates
                .Where(other => other.Id != post.Id)
                .DistinctBy(other => other.Id)
                .Select(other =>
                    (
                        Post: other,
                        Score: (TagWeight * GetTags(other).Count(tags.Contains)) + GetWords(other).Count(words.Contains)
                    )
                )
                .Where(other => other.Score > 1) // A single shared word is coincidence.
                .OrderByDescending(other => other.Score)
                .ThenByDescending(other => other.Post.Date)
                .Take(MaxResults)
                .Select(other => other.Post),
        ];
    }

    private static HashSet<Tag> GetTags(ListedPost post) => [.. post.Tags.Select(Tag.Parse)];

    private static HashSet<string> GetWords(ListedPost post) =>
        new(
            $"{post.Title} {post.Summary}"
                .Split(
                    post.Title.Concat(post.Summary ?? "")
                        .Where(character => !char.IsLetterOrDigit(character))
                        .Append(' ')
                        .Distinct()
                        .ToArray(),
                    StringSplitOptions.RemoveEmptyEntries
                )
                .Where(word => word.Length >= MinWordLength && !StopWords.Contains(word)),
            StringComparer.OrdinalIgnoreCase
        );
}
