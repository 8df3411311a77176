using ServerlessBlog.Posts;
using ServerlessBlog.Search.Index;
using ServerlessBlog.Search.Queries;
using ServerlessBlog.Tests.Search;

namespace ServerlessBlog.Benchmarks.Ranking;

/// <summary>The blog's own search: the index as a queue function fills it, and the order that readers see.</summary>
internal sealed class BlogEngine : IDisposable
{
    private static readonly DateTimeOffset Date = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _path = TemporaryIndex.CreatePath();
    private readonly SearchDatabase _database;
    private readonly Dictionary<PostId, string> _names = [];

    public BlogEngine(IReadOnlyList<SamplePost> posts)
    {
        _database = SearchDatabase.Create(_path);
        _database.Change(() =>
        {
            foreach (var post in posts)
            {
                var id = PostId.FromBlobName($"{post.Id}.md");
                _names.Add(id, post.Id);
                _database.Put(IndexedPostFor(id, post));
            }
        });
        _database.Optimize();
    }

    /// <summary>Returns the ids of the posts that readers would see, the best first.</summary>
    public IReadOnlyList<string> Find(string text) =>
        SearchQuery.TryParse(text, out var query)
            ? [.. SearchIndex.Find(_database, query, isForReaders: true).Posts.Select(id => _names[id])]
            : throw new InvalidOperationException($"The search refuses '{text}'.");

    /// <inheritdoc/>
    public void Dispose()
    {
        _database.Dispose();
        TemporaryIndex.Delete(_path);
    }

    private static IndexedPost IndexedPostFor(PostId id, SamplePost post)
    {
        var headings = string.Join('\n', post.Headings);
        return new IndexedPost(
            id,
            IsPublic: true,
            Date.Year,
            Date,
            post.Tags,
            post.Title,
            headings,
            $"{headings}\n{post.Text}", // as PlainPost has it: headings are text too
            $"{post.Id}.md"
        );
    }
}
