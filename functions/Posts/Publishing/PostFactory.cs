using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>Makes a post of a file that was read and checked, and of what the post was before.</summary>
public sealed class PostFactory(BlogSettings settings, TimeProvider clock)
{
    private const int MaxFormerPaths = 50;

    /// <summary>The post as it is to be.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="before">The post as it was; null when it is new.</param>
    /// <param name="upload">The file.</param>
    /// <param name="file">What is in it.</param>
    /// <param name="digest">What lists show of its text.</param>
    public Post Create(string name, Post? before, Upload upload, PostFile file, PostDigest digest)
    {
        var (now, hash) = (clock.GetUtcNow(), AcceptedFiles.HashOf(upload.Bytes));
        var date = file.Head.Date ?? FirstTime(before, upload, now);
        var path = PathOf(file.Head, date);
        var aliases = file.Head.Aliases.Where(alias => alias.Key != path.Key).ToList();
        return new Post
        {
            Id = PostId.OfFile(name),
            Source = name,
            SourceVersion = upload.Version,
            ContentHash = hash,
            State = before?.State ?? PostState.Draft,
            Head = file.Head,
            Digest = digest,
            Date = date,
            Updated =
                before?.ContentHash == hash ? before.Updated
                : upload.Time < now ? upload.Time
                : now,
            Path = path,
            Aliases = aliases,
            FormerPaths = FormerPaths(before, [path, .. aliases]),
            CommentsUntil = EndOfComments(file.Head, date),
        }.At(now);
    }

    private SitePath PathOf(PostMetadata metadata, DateTimeOffset date) =>
        metadata switch
        {
            { Url: { } url } => url,
            { IsPage: true } => SitePath.Parse($"/{metadata.Slug}"),
            _ => Permalink.PathFor(settings.Permalink, metadata.Slug, settings.Local(date)),
        };

    private DateTimeOffset? EndOfComments(PostMetadata metadata, DateTimeOffset date) =>
        metadata.Comments
        && settings.Comments.CloseAfterDays is > 0 and var days
        && date < DateTimeOffset.MaxValue.AddDays(-days)
            ? date.AddDays(days)
            : null;

    /// <summary>The date of a post that names none: kept once it is public; not in the future, should storage's clock be ahead.</summary>
    private static DateTimeOffset FirstTime(Post? before, Upload upload, DateTimeOffset now) =>
        before is { WasPublic: true } && before.Date <= now ? before.Date
        : upload.Time < now ? upload.Time
        : now;

    private static List<SitePath> FormerPaths(Post? before, IReadOnlyList<SitePath> now)
    {
        IEnumerable<SitePath> former = before is null ? [] : before.FormerPaths;
        var last = before is { WasPublic: true } ? before.Held : [];
        return
        [
            .. last.Concat(former)
                .Where(path => !now.Any(held => held.Key == path.Key))
                .DistinctBy(path => path.Key)
                .Take(MaxFormerPaths),
        ];
    }
}
