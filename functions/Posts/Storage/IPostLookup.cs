namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// What the check of a file asks about other posts: those of the blog (<see cref="PostTable"/>), or those of a folder
/// that is checked before it is uploaded.
/// </summary>
public interface IPostLookup
{
    /// <summary>Reads a post in any state; null when there is none.</summary>
    Task<Versioned<Post>?> FindAsync(PostId id, CancellationToken cancellationToken);

    /// <summary>
    /// Finds the id of the post that a file holds or held last: that of another file when its front matter says so,
    /// else that of its name.
    /// </summary>
    Task<PostId> FindIdAsync(string blobName, CancellationToken cancellationToken);

    /// <summary>
    /// Finds another post whose file has, or had when it was deleted, the same bytes; null when there is none.
    /// </summary>
    Task<Post?> FindSameTextAsync(Post post, CancellationToken cancellationToken);

    /// <summary>
    /// Finds the posts and static pages with a translation key, of the blog only public ones, at most 100. The key is
    /// compared without regard to case.
    /// </summary>
    Task<IReadOnlyList<ListedPost>> FindTranslationsAsync(string key, CancellationToken cancellationToken);

    /// <summary>Finds the post that holds this path, public or scheduled; null when the path is available.</summary>
    Task<Post?> FindHolderAsync(SitePath path, CancellationToken cancellationToken);
}
