namespace ServerlessBlog.Posts;

/// <summary>What an author sees as the state of a post; see <see cref="Post.Status"/>. Part of row keys.</summary>
public enum PostStatus
{
    /// <summary>Readers see it.</summary>
    Published,

    /// <summary>Its front matter keeps it back.</summary>
    Draft,

    /// <summary>It becomes public at its date.</summary>
    Scheduled,

    /// <summary>Its expiry date is over.</summary>
    Expired,

    /// <summary>Its file is deleted. Its text and its comments are kept.</summary>
    Deleted,
}
