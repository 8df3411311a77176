namespace ServerlessBlog.Posts;

/// <summary>
/// The stored record of a URL path: the post published there, a redirect to its current path, or 410 Gone.
/// </summary>
/// <remarks>One point read of this record resolves a reader's request.</remarks>
/// <param name="Kind">Whether the path serves a post, redirects, or returns 410.</param>
/// <param name="Post">The id of the post that holds, or last held, this path.</param>
/// <param name="RevisionText">The text of <see cref="Revision"/>, as it is stored.</param>
/// <param name="Path">
/// The post's current path. Equal to this address, in the author's spelling, unless the post has moved.
/// </param>
public sealed record Address(AddressKind Kind, PostId Post, string RevisionText, SitePath Path)
{
    /// <summary>
    /// The revision of the post's page. A fresh one is written after every change of what the page shows.
    /// </summary>
    [JsonIgnore]
    public Revision Revision => new(RevisionText);
}

/// <summary>The response that an <see cref="Address"/> leads to.</summary>
public enum AddressKind
{
    /// <summary>A published post is served here.</summary>
    Post,

    /// <summary>The post has moved: redirect (301) to <see cref="Address.Path"/>.</summary>
    Moved,

    /// <summary>The post is no longer public: 410 Gone.</summary>
    Gone,
}
