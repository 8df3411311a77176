using ServerlessBlog.Hosting;

namespace ServerlessBlog.Posts;

/// <summary>Brings one file of the author to where it belongs, whatever it was before. May be asked any number of times, in any order.</summary>
/// <remarks>
/// The row is read before the file and written only if it is still the same, so the last to write has seen the newest file. Addresses and
/// the site's revision follow the row; when the row has changed meanwhile, all is done again.
/// </remarks>
public sealed class Publisher(
    UploadFiles uploads,
    PostTable posts,
    AcceptedFiles accepted,
    AddressTable addresses,
    SiteTable site,
    ReportFiles reports,
    BlogSettings settings,
    TimeProvider clock)
{
    /// <summary>Publishes, withdraws or refuses the file of this name as it is now, and reports.</summary>
    public async Task PublishAsync(string name, CancellationToken cancellationToken)
    {
        UploadReport? report;
        do
        {
            report = await TryPublishAsync(name, cancellationToken);
        }
        while (report is null);

        await reports.WriteAsync(report, cancellationToken);
    }

    /// <summary>Null when somebody else changed the post meanwhile: try again.</summary>
    private async Task<UploadReport?> TryPublishAsync(string name, CancellationToken cancellationToken)
    {
        var read = await posts.FindAsync(PostId.OfFile(name), cancellationToken);
        var upload = await uploads.FindAsync(name, cancellationToken);
        if (upload is null)
        {
            return await WithdrawAsync(name, read, cancellationToken);
        }

        if (!name.EndsWith(".md", StringComparison.OrdinalIgnoreCase))
        {
            return Refuse(name, upload, read, new Problem(1, 1, "posts end in .md: put pictures and other files into the container media."));
        }

        if (!PostFile.TryRead(name, upload.Bytes, settings.TimeZone, out var file, out var problem))
        {
            return Refuse(name, upload, read, problem);
        }

        if (await TrialRendering.FindProblemAsync(file.Body, cancellationToken) is { } sentence)
        {
            return Refuse(name, upload, read, new Problem(1, 1, sentence));
        }

        var post = Accept(name, read?.Value, upload, file.Head);
        if (post.State == PostState.Published && await addresses.ClaimAsync(post.Path, post.Id, cancellationToken) is var holder && holder != post.Id)
        {
            return Refuse(name, upload, read, await ClashAsync(post, holder, cancellationToken));
        }

        await accepted.KeepAsync(post.Id, upload.Bytes, cancellationToken);
        return await SettleAsync(read, post, cancellationToken) ? Report(post, upload.Version, file.Notes) : null;
    }

    private async Task<UploadReport?> WithdrawAsync(string name, Versioned<Post>? read, CancellationToken cancellationToken)
    {
        var report = new UploadReport(name, UploadReport.NoSource, "withdrawn", ["The file is deleted. Its comments are kept, and return with it."]);
        return read is null
            || await SettleAsync(read, read.Value with { SourceVersion = "", State = Hidden(read.Value, PostState.Draft) }, cancellationToken)
            ? report
            : null;
    }

    private Post Accept(string name, Post? before, Upload upload, PostHead head)
    {
        var date = head.Date ?? before?.Date ?? upload.Time;
        var state = head.Draft ? Hidden(before, PostState.Draft)
            : date > clock.GetUtcNow() ? Hidden(before, PostState.Scheduled)
            : PostState.Published;
        return new Post
        {
            Id = PostId.OfFile(name),
            Source = name,
            SourceVersion = upload.Version,
            ContentHash = AcceptedFiles.HashOf(upload.Bytes),
            State = state,
            Head = head,
            Date = date,
            FormerSlugs = FormerSlugs(before, head.Slug),
        };
    }

    /// <summary>What was public once stays known as withdrawn.</summary>
    private static PostState Hidden(Post? before, PostState otherwise) =>
        before?.State is PostState.Published or PostState.Withdrawn ? PostState.Withdrawn : otherwise;

    private static List<Slug> FormerSlugs(Post? before, Slug now)
    {
        IEnumerable<Slug> former = before is null ? [] : before.FormerSlugs;
        var last = before?.State is PostState.Published or PostState.Withdrawn ? [before.Head.Slug] : Array.Empty<Slug>();
        return [.. last.Concat(former).Where(slug => slug != now).Distinct().Take(20)];
    }

    /// <summary>Writes the post, then what follows from it. False when the post was changed meanwhile: decide again.</summary>
    private async Task<bool> SettleAsync(Versioned<Post>? read, Post post, CancellationToken cancellationToken)
    {
        if (await posts.SaveAsync(read, post, cancellationToken) is not { } version)
        {
            return false;
        }

        if (post.State is PostState.Published or PostState.Withdrawn)
        {
            var kind = post.State == PostState.Published ? AddressKind.Post : AddressKind.Gone;
            await addresses.SetAsync(post.Path, post.Id, kind, movedTo: null, cancellationToken);
            foreach (var slug in post.FormerSlugs)
            {
                await addresses.SetAsync(Post.PathOf(slug), post.Id, AddressKind.Moved, post.Path, cancellationToken);
            }

            await site.RaiseAsync(cancellationToken);
        }

        return (await posts.FindAsync(post.Id, cancellationToken))?.Version == version;
    }

    private async Task<Problem> ClashAsync(Post post, PostId holder, CancellationToken cancellationToken)
    {
        var other = await posts.FindAsync(holder, cancellationToken);
        return new Problem(1, 1, $"the address {post.Path} belongs to {other?.Value.Source ?? "another post"}: give this post another one with 'slug: ...'.");
    }

    private UploadReport Refuse(string name, Upload upload, Versioned<Post>? read, Problem problem) =>
        new(name, upload.Version, UploadReport.Refused, read?.Value.State == PostState.Published
            ? [problem.ToString(), $"The last good version stays at {settings.BaseUrl}{read.Value.Path}"]
            : [problem.ToString()]);

    private UploadReport Report(Post post, string version, IReadOnlyList<string> notes)
    {
        var (outcome, line) = post.State switch
        {
            PostState.Published => ("published", $"{settings.BaseUrl}{post.Path}"),
            _ when post.Head.Draft => ("draft", "Readers do not see it while 'draft: true' is in the front matter."),
            _ => ("scheduled", $"Readers will see it from {TimeZoneInfo.ConvertTime(post.Date, settings.TimeZone):yyyy-MM-dd HH:mm zzz} at {settings.BaseUrl}{post.Path}"),
        };
        return new UploadReport(post.Source, version, outcome, [line, .. notes]);
    }
}
