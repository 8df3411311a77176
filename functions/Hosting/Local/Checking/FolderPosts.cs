using ServerlessBlog.Hosting.Local.Uploads;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Hosting.Local.Checking;

/// <summary>
/// The posts of a folder as they would be after an upload in the order of their names: of two that want the same id or
/// address, the first has it.
/// </summary>
/// <remarks>
/// A file whose front matter is refused is no post here; one whose text is refused is, so that links to it are not
/// reported beside the refusal.
/// </remarks>
internal sealed class FolderPosts : IPostLookup
{
    private const string Version = "in the folder";

    private readonly Dictionary<PostId, Post> _byId = [];
    private readonly Dictionary<string, Post> _bySource = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Post> _byPath = new(StringComparer.Ordinal);
    private readonly ILookup<string, Post> _byText;
    private readonly ILookup<string?, Post> _byTranslation;

    private FolderPosts(IEnumerable<Post> posts)
    {
        var all = posts.OrderBy(post => post.Source, StringComparer.Ordinal).ToList();
        foreach (var post in all)
        {
            _bySource.TryAdd(post.Source, post);
            if (!_byId.TryAdd(post.Id, post) || !post.HoldsAddress || _byPath.ContainsKey(post.Path.Key))
            {
                continue;
            }

            foreach (var path in post.HeldPaths)
            {
                _byPath.TryAdd(path.Key, post);
            }
        }

        _byText = all.ToLookup(post => post.ContentHash, StringComparer.Ordinal);
        _byTranslation = all.ToLookup(post => post.Metadata.TranslationKey, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Reads the front matter of all posts among the files.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static FolderPosts Read(IEnumerable<UploadedFile> files, PostFactory factory, BlogSettings settings)
    {
        var now = DateTimeOffset.UtcNow;
        return new FolderPosts(
            files
                .Where(file => PostFileName.HasPostExtension(file.Name))
                .AsParallel()
                .Select(file => Read(file, now, factory, settings))
                .OfType<Post>()
        );
    }

    /// <inheritdoc/>
    public Task<Versioned<Post>?> FindAsync(PostId id, CancellationToken cancellationToken) =>
        Task.FromResult(_byId.TryGetValue(id, out var post) ? new Versioned<Post>(post, Version) : null);

    /// <inheritdoc/>
    public Task<PostId> FindIdAsync(string blobName, CancellationToken cancellationToken) =>
        Task.FromResult(_bySource.TryGetValue(blobName, out var post) ? post.Id : PostId.FromBlobName(blobName));

    /// <inheritdoc/>
    public Task<Post?> FindSameTextAsync(Post post, CancellationToken cancellationToken) =>
        Task.FromResult(_byText[post.ContentHash].FirstOrDefault(other => other.Id != post.Id));

    /// <inheritdoc/>
    public Task<IReadOnlyList<ListedPost>> FindTranslationsAsync(string key, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ListedPost>>([.. _byTranslation[key].Select(ListedPost.From)]);

    /// <inheritdoc/>
    public Task<Post?> FindHolderAsync(SitePath path, CancellationToken cancellationToken) =>
        Task.FromResult(_byPath.GetValueOrDefault(path.Key));

    private static Post? Read(UploadedFile file, DateTimeOffset now, PostFactory factory, BlogSettings settings)
    {
        var bytes = file.ReadPost();
        return PostFile.TryRead(file.Name, bytes, settings.TimeZone, out var post, out _, settings.CategoriesAreTags)
            ? factory.Create(file.Name, null, new Upload(Version, now, bytes), post, new PostDigest(null, 0))
            : null;
    }
}
