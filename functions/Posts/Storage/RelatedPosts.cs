namespace ServerlessBlog.Posts.Storage;

/// <summary>The posts that a post's page links to.</summary>
/// <param name="Older">The previous post by date; null for none.</param>
/// <param name="Newer">The next post by date; null for none.</param>
/// <param name="Series">All parts of its series including itself, oldest first; empty when it is in none.</param>
/// <param name="Translations">
/// All public posts with its translation key including itself, oldest first; empty when it has none.
/// </param>
/// <param name="Related">The most similar posts, at most 3.</param>
public sealed record RelatedPosts(
    ListedPost? Older,
    ListedPost? Newer,
    IReadOnlyList<ListedPost> Series,
    IReadOnlyList<ListedPost> Translations,
    IReadOnlyList<ListedPost> Related
)
{
    private const int MaxSeries = 100;
    private const int MaxTagQueries = 5;
    private const int PostsPerTag = 12;
    private const int NewestPosts = 30;

    /// <summary>No posts: the value for static pages without translations.</summary>
    public static RelatedPosts None { get; } = new(null, null, [], [], []);

    /// <summary>An upper bound of the number of posts in this value.</summary>
    public int Count => Series.Count + Translations.Count + Related.Count + 2;

    /// <summary>
    /// Reads the related posts. Runs at most ten short queries, however many posts there are; for a static page, only
    /// that of its translations.
    /// </summary>
    public static async Task<RelatedPosts> ReadAsync(PostLists lists, Post post, CancellationToken cancellationToken)
    {
        var translations = post.Metadata.TranslationKey is { } key
            ? lists.ReadTranslationsAsync(key, PostLists.MaxTranslations, cancellationToken)
            : Task.FromResult<IReadOnlyList<ListedPost>>([]);
        if (post.Metadata.IsPage)
        {
            return post.Metadata.TranslationKey is null ? None : None with { Translations = await translations };
        }

        var neighbours = lists.FindNeighboursAsync(post, cancellationToken);
        var series = post.Metadata.Series is { } name
            ? lists.ReadBySeriesAsync(name, MaxSeries, cancellationToken)
            : Task.FromResult<IReadOnlyList<ListedPost>>([]);
        var candidates = await Task.WhenAll(
            post.Metadata.Tags.Take(MaxTagQueries)
                .Select(tag => lists.ReadByTagAsync(Tag.Parse(tag), 0, PostsPerTag, cancellationToken))
                .Append(lists.ReadNewestAsync(0, NewestPosts, cancellationToken))
        );
        var (older, newer) = await neighbours;
        return new RelatedPosts(
            older,
            newer,
            await series,
            await translations,
            PostSimilarity.Best(ListedPost.From(post), candidates.SelectMany(list => list))
        );
    }
}
