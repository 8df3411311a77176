using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>Creates the <see cref="Post"/> to store from a validated file and the post's previous state.</summary>
public sealed class PostFactory(BlogSettings settings, TimeProvider clock)
{
    private const int MaxFormerPaths = 50;

    /// <summary>Creates the post with its state as of now. Writes nothing.</summary>
    /// <param name="name">The blob's name.</param>
    /// <param name="before">The post as it is stored; null when it is new.</param>
    /// <param name="upload">The uploaded blob.</param>
    /// <param name="file">The parsed content of the upload.</param>
    /// <param name="digest">The excerpt and reading time.</param>
    public Post Create(string name, Post? before, Upload upload, PostFile file, PostDigest digest)
    {
        var (now, hash) = (clock.GetUtcNow(), AcceptedFiles.Hash(upload.Bytes));
        var metadata = KeepAccepted(name, before, upload.Version, hash, file.Metadata);
        var date = metadata.Date ?? DefaultDate(before, upload, now);
        var path = PathFor(name, metadata, date);
        var aliases = metadata.Aliases.Where(alias => alias.Key != path.Key).ToList();
        return new Post
        {
            Id = PostId.FromBlobName(metadata.IdFile ?? name),
            Source = name,
            SourceVersion = upload.Version,
            ContentHash = hash,
            IsFoundByText = true,
            IsListedByAuthor = true,
            State = before?.State ?? PostState.Draft,
            Metadata = metadata,
            Digest = digest,
            Date = date,
            Updated = metadata.Updated
                ?? (
                    before?.ContentHash == hash ? before.Updated
                    : upload.Time < now ? upload.Time
                    : now
                ),
            Path = path,
            Aliases = aliases,
            FormerPaths = FormerPaths(before, [path, .. aliases]),
            CommentsUntil = CommentsCloseAt(metadata, date),
        }.WithStateAt(now);
    }

    /// <summary>
    /// Keeps what readers know of an accepted post when a newer version of the program reads its file otherwise: all
    /// fields while nothing was uploaded, tags and slug while the bytes are the same, and a slug that was derived from
    /// the file's name as long as the post is public.
    /// </summary>
    private static PostMetadata KeepAccepted(
        string name,
        Post? before,
        string version,
        string hash,
        PostMetadata read
    ) =>
        before switch
        {
            null => read,
            _ when before.Source != name => read,
            _ when before.SourceVersion == version => before.Metadata,
            _ when before.ContentHash == hash => read with { Tags = before.Metadata.Tags, Slug = before.Metadata.Slug },
            { WasPublic: true, Metadata.IsSlugGiven: false } when !read.IsSlugGiven => read with
            {
                Slug = before.Metadata.Slug,
            },
            _ => read,
        };

    private SitePath PathFor(string name, PostMetadata metadata, DateTimeOffset date) =>
        metadata switch
        {
            { Url: { } url } => url,
            { IsPage: true } => SitePath.Parse($"/{metadata.Slug}"),
            _ => Permalink.PathFor(settings.Permalink, metadata, settings.ToLocalTime(date), name),
        };

    private DateTimeOffset? CommentsCloseAt(PostMetadata metadata, DateTimeOffset date) =>
        metadata.Comments
        && settings.Comments.CloseAfterDays is > 0 and var days
        && date < DateTimeOffset.MaxValue.AddDays(-days)
            ? date.AddDays(days)
            : null;

    /// <summary>
    /// The date of a post whose front matter has none: the upload time, kept once the post is public. Capped at the
    /// present, because storage's clock may be ahead.
    /// </summary>
    private static DateTimeOffset DefaultDate(Post? before, Upload upload, DateTimeOffset now) =>
        before is { WasPublic: true } && before.Date <= now ? before.Date
        : upload.Time < now ? upload.Time
        : now;

    private static List<SitePath> FormerPaths(Post? before, IReadOnlyList<SitePath> now)
    {
        IEnumerable<SitePath> former = before is null ? [] : before.FormerPaths;
        var last = before is { WasPublic: true } ? before.HeldPaths : [];
        return
        [
            .. last.Concat(former)
                .Where(path => !now.Any(held => held.Key == path.Key))
                .DistinctBy(path => path.Key)
                .Take(MaxFormerPaths),
        ];
    }
}
