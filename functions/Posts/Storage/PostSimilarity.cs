namespace ServerlessBlog.Posts.Storage;

/// <summary>How much posts have to do with one another: first by tags they share, then by words of their titles and summaries.</summary>
internal static class PostSimilarity
{
    private const int Most = 3;
    private const int MinWord = 4;

    /// <summary>More than words can ever count.</summary>
    private const int TagWeight = 10_000;

    /// <summary>Words that say nothing of a subject, among those that are long enough to count.</summary>
    private static readonly HashSet<string> Plain = new(
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

    /// <summary>At most three, the closest first; of two as close the newer one first. Posts that have nothing to do with it are none.</summary>
    public static IReadOnlyList<ListedPost> Best(ListedPost post, IEnumerable<ListedPost> candidates)
    {
        var (tags, words) = (TagsOf(post), WordsOf(post));
        return
        [
            .. candidates
                .Where(other => other.Id != post.Id)
                .DistinctBy(other => other.Id)
                .Select(other =>
                    (
                        Post: other,
                        Score: (TagWeight * TagsOf(other).Count(tags.Contains)) + WordsOf(other).Count(words.Contains)
                    )
                )
                .Where(other => other.Score > 1) // one word in common is chance
                .OrderByDescending(other => other.Score)
                .ThenByDescending(other => other.Post.Date)
                .Take(Most)
                .Select(other => other.Post),
        ];
    }

    private static HashSet<Tag> TagsOf(ListedPost post) => [.. post.Tags.Select(Tag.Parse)];

    private static HashSet<string> WordsOf(ListedPost post) =>
        new(
            $"{post.Title} {post.Summary}"
                .Split(
                    post.Title.Concat(post.Summary ?? "")
                        .Where(sign => !char.IsLetterOrDigit(sign))
                        .Append(' ')
                        .Distinct()
                        .ToArray(),
                    StringSplitOptions.RemoveEmptyEntries
                )
                .Where(word => word.Length >= MinWord && !Plain.Contains(word)),
            StringComparer.OrdinalIgnoreCase
        );
}
