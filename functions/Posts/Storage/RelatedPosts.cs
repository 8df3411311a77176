namespace ServerlessBlog.Posts.Storage;

/// <summary>The posts that a post's page leads to.</summary>
/// <param name="Older">The one before it in time; null for none.</param>
/// <param name="Newer">The one after it in time; null for none.</param>
/// <param name="Series">All parts of its series, itself among them, oldest first; empty when it is in none.</param>
/// <param name="Related">Those that go with it best, at most 3.</param>
public sealed record RelatedPosts(
    ListedPost? Older,
    ListedPost? Newer,
    IReadOnlyList<ListedPost> Series,
    IReadOnlyList<ListedPost> Related
)
{
    private const int MaxSeries = 100;
    private const int MaxTags = 5;
    private const int PerTag = 12;
    private const int Newest = 30;

    /// <summary>Of a static page, and of a post that stands alone.</summary>
    public static RelatedPosts None { get; } = new(null, null, [], []);

    /// <summary>How many posts there are in it, at most.</summary>
    public int Count => Series.Count + Related.Count + 2;

    /// <summary>Reads it: at most nine short lists, however many posts there are.</summary>
    public static async Task<RelatedPosts> ReadAsync(PostLists lists, Post post, CancellationToken cancellationToken)
    {
        if (post.Head.IsPage)
        {
            return None;
        }

        var beside = lists.NeighboursAsync(post, cancellationToken);
        var series = post.Head.Series is { } name
            ? lists.OfSeriesAsync(name, MaxSeries, cancellationToken)
            : Task.FromResult<IReadOnlyList<ListedPost>>([]);
        var candidates = await Task.WhenAll(
            post.Head.Tags.Take(MaxTags)
                .Select(tag => lists.OfTagAsync(Tag.Parse(tag), 0, PerTag, cancellationToken))
                .Append(lists.NewestAsync(0, Newest, cancellationToken))
        );
        var (older, newer) = await beside;
        return new RelatedPosts(
            older,
            newer,
            await series,
            PostSimilarity.Best(ListedPost.From(post), candidates.SelectMany(list => list))
        );
    }
}
