namespace ServerlessBlog.Posts;

/// <summary>The fields of a public post that lists, feeds and archives show. Stored in each list's row.</summary>
/// <param name="Id">The post's id; independent of its address.</param>
/// <param name="Source">The name of the Markdown blob in the container <c>posts</c>.</param>
/// <param name="Path">The post's current path.</param>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="Date">The time of publication.</param>
/// <param name="Updated">The time of the last change, see <see cref="Post.Updated"/>.</param>
/// <param name="Author">The author's name; null for the blog's first author.</param>
/// <param name="Summary">The summary from the front matter, else the excerpt; null when there is neither.</param>
/// <param name="Tags">The tags in the order of the front matter.</param>
/// <param name="Minutes">The estimated reading time in minutes, at least 1.</param>
/// <param name="Language">A BCP 47 tag; null for the blog's language.</param>
/// <param name="Picture">The lead picture; null for none.</param>
/// <param name="Featured">Whether lists emphasise the post and show its picture large.</param>
/// <param name="InMenu">Whether a static page is in the menu; always false for posts.</param>
/// <param name="IsListedByAuthor">See <see cref="Post.IsListedByAuthor"/>.</param>
/// <param name="TranslationKey">
/// What the post and its translations have in common; null for none, and in rows of version 1.0.0.
/// </param>
public sealed record ListedPost(
    PostId Id,
    string Source,
    SitePath Path,
    string Title,
    DateTimeOffset Date,
    DateTimeOffset Updated,
    string? Author,
    string? Summary,
    IReadOnlyList<string> Tags,
    int Minutes,
    string? Language,
    PostPicture? Picture,
    bool Featured,
    bool InMenu,
    bool IsListedByAuthor = false,
    string? TranslationKey = null
)
{
    /// <summary>The time of the last change that readers could see: not before the publication.</summary>
    [JsonIgnore]
    public DateTimeOffset Changed => Updated > Date ? Updated : Date;

    /// <summary>Copies the listed fields of a post.</summary>
    public static ListedPost From(Post post) =>
        new(
            post.Id,
            post.Source,
            post.Path,
            post.Metadata.Title,
            post.Date,
            post.Updated,
            post.Metadata.Author,
            post.Metadata.Summary ?? post.Digest.Excerpt,
            post.Metadata.Tags,
            post.Digest.Minutes,
            post.Metadata.Language,
            post.Metadata.Picture,
            post.Metadata.Featured,
            post.Metadata.InMenu,
            post.IsListedByAuthor,
            post.Metadata.TranslationKey
        );
}
