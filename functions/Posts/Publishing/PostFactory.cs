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
        var date = file.Metadata.Date ?? DefaultDate(before, upload, now);
        var metadata = KeepSlug(before, file.Metadata);
        var path = PathFor(metadata, date);
        var aliases = file.Metadata.Aliases.Where(alias => alias.Key != path.Key).ToList();
        return new Post
        {
            Id = PostId.FromBlobName(name),
            Source = name,
            SourceVersion = upload.Version,
            ContentHash = hash,
            State = before?.State ?? PostState.Draft,
            Metadata = metadata,
            Digest = digest,
            Date = date,
            Updated =
                before?.ContentHash == hash ? before.Updated
                : upload.Time < now ? upload.Time
                : now,
            Path = path,
            Aliases = aliases,
            FormerPaths = FormerPaths(before, [path, .. aliases]),
            CommentsUntil = CommentsCloseAt(file.Metadata, date),
        }.WithStateAt(now);
    }

    /// <summary>
    /// A public post keeps the slug that was made from its file's name, until the file gives one: when the rule for
    /// such slugs changes, no address moves.
    /// </summary>
    private static PostMetadata KeepSlug(Post? before, PostMetadata metadata) =>
        before is { WasPublic: true, Metadata.SlugIsGiven: false } && !metadata.SlugIsGiven
            ? metadata with
            {
                Slug = before.Metadata.Slug,
            }
            : metadata;

    private SitePath PathFor(PostMetadata metadata, DateTimeOffset date) =>
        metadata switch
        {
            { Url: { } url } => url,
            { IsPage: true } => SitePath.Parse($"/{metadata.Slug}"),
            _ => Permalink.PathFor(settings.Permalink, metadata.Slug, settings.ToLocalTime(date)),
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
