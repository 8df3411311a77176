namespace ServerlessBlog.Posts;

/// <summary>A text that a post has or had. Its copy is kept while the version is, see <see cref="Hash"/>.</summary>
/// <param name="Number">The number within the post, from 1; later versions have higher ones.</param>
/// <param name="Hash">The SHA-256 of the file's bytes, which names the copy.</param>
/// <param name="Time">The time at which the file was written.</param>
/// <param name="Origin">Where the file came from.</param>
/// <param name="Title">The title in this version; of one that was refused the name of the file.</param>
public sealed record PostVersion(int Number, string Hash, DateTimeOffset Time, VersionOrigin Origin, string Title)
{
    /// <summary>The number of versions that are kept, the newest: 20.</summary>
    public const int MaxKept = 20;
}

/// <summary>Where a version came from. Stored by name, and as metadata of the blob.</summary>
public enum VersionOrigin
{
    /// <summary>A storage client or the command line.</summary>
    Upload,

    /// <summary>The editor of the admin area.</summary>
    Editor,

    /// <summary>An earlier version that was restored in the admin area.</summary>
    Restored,

    /// <summary>The file got another name in the admin area.</summary>
    Renamed,

    /// <summary>A text that was refused, kept because the admin area replaced or deleted its file.</summary>
    Refused,
}
