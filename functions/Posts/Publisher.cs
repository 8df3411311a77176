using ServerlessBlog.Hosting;

namespace ServerlessBlog.Posts;

/// <summary>Brings one file of the author to where it belongs, whatever it was before. May be asked any number of times, in any order.</summary>
/// <remarks>
/// The row is read before the file and written only if it is still the same, so the last to write has seen the newest file. Addresses, the
/// site's revision and the report follow the row, and follow it again on every delivery: a crash leaves nothing that the next one does not mend.
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
    private const int MaxName = 500;

    /// <summary>What was done, and the version of the post's row then; null when there is no post.</summary>
    private sealed record Done(UploadReport Report, string? RowVersion);

    /// <summary>Publishes, withdraws or refuses the file of this name as it is now, and reports.</summary>
    public async Task PublishAsync(string name, CancellationToken cancellationToken)
    {
        Done? done;
        do
        {
            done = await TryPublishAsync(name, cancellationToken);
            if (done is not null)
            {
                await reports.WriteAsync(done.Report, cancellationToken);
            }
        }
        while (done is null || !await IsStillTrueAsync(name, done, cancellationToken));
    }

    /// <summary>Looked at after the report is written, so that the last report is never about an older file.</summary>
    private async Task<bool> IsStillTrueAsync(string name, Done done, CancellationToken cancellationToken) =>
        await uploads.VersionAsync(name, cancellationToken) == done.Report.SourceVersion
        && (await posts.FindPatientlyAsync(PostId.OfFile(name), cancellationToken))?.Version == done.RowVersion;

    /// <summary>Null when somebody else changed the post meanwhile: try again.</summary>
    private async Task<Done?> TryPublishAsync(string name, CancellationToken cancellationToken)
    {
        var read = await posts.FindPatientlyAsync(PostId.OfFile(name), cancellationToken);
        var upload = await uploads.FindAsync(name, cancellationToken);
        if (upload is null)
        {
            return await WithdrawAsync(name, read, cancellationToken);
        }

        var (file, problem) = await ReadAsync(name, upload, read?.Value, cancellationToken);
        if (file is null)
        {
            return await RefuseAsync(name, upload, read, problem!, cancellationToken);
        }

        var post = Accept(name, read?.Value, upload, file.Head);
        if (post.HoldsAddress && await posts.FindHolderAsync(post.Head.Slug, cancellationToken) is { } holder && holder.Id != post.Id)
        {
            return await RefuseAsync(name, upload, read, Clash(post, holder), cancellationToken);
        }

        await accepted.KeepAsync(post.Id, upload.Bytes, cancellationToken);
        return await SettleAsync(read, post, cancellationToken) is { } version ? new Done(Report(post, upload.Version, file.Notes), version) : null;
    }

    private async Task<(PostFile? File, Problem? Problem)> ReadAsync(string name, Upload upload, Post? before, CancellationToken cancellationToken)
    {
        if (!name.EndsWith(".md", StringComparison.OrdinalIgnoreCase))
        {
            return (null, new Problem(1, 1, "posts end in .md: put pictures and other files into the container media."));
        }

        if (name.Length > MaxName)
        {
            return (null, new Problem(1, 1, $"the file's name has {name.Length} characters: keep at most {MaxName}."));
        }

        if (!PostFile.TryRead(name, upload.Bytes, settings.TimeZone, out var file, out var problem))
        {
            return (null, problem);
        }

        // What was accepted once has been rendered once.
        return before?.ContentHash == AcceptedFiles.HashOf(upload.Bytes) || await TrialRendering.FindProblemAsync(file, cancellationToken) is not { } trouble
            ? (file, null)
            : (null, trouble);
    }

    private async Task<Done?> WithdrawAsync(string name, Versioned<Post>? read, CancellationToken cancellationToken)
    {
        var report = new UploadReport(name, UploadReport.NoSource, "withdrawn", ["The file is deleted. Its comments are kept, and return with it."]);
        if (read is null)
        {
            return new Done(report, null);
        }

        var post = read.Value with { SourceVersion = "", State = Hidden(read.Value, PostState.Draft) };
        return await SettleAsync(read, post, cancellationToken) is { } version ? new Done(report, version) : null;
    }

    /// <summary>Refuses the file. What was accepted before it stays, and appears when its date has come.</summary>
    private async Task<Done?> RefuseAsync(string name, Upload upload, Versioned<Post>? read, Problem problem, CancellationToken cancellationToken)
    {
        if (read is null)
        {
            return new Done(new UploadReport(name, upload.Version, UploadReport.Refused, [problem.ToString()]), null);
        }

        var kept = read.Value.IsWaiting && read.Value.Date <= clock.GetUtcNow() ? read.Value with { State = PostState.Published } : read.Value;
        var report = new UploadReport(name, upload.Version, UploadReport.Refused, [problem.ToString(), .. LastGood(kept)]);
        return await SettleAsync(read, kept, cancellationToken) is { } version ? new Done(report, version) : null;
    }

    private IEnumerable<string> LastGood(Post kept) => kept switch
    {
        { State: PostState.Published } => [$"The last good version stays at {settings.BaseUrl}{kept.Path}"],
        { IsWaiting: true } => [$"The last good version stays: {WaitingLine(kept)}"],
        _ => [],
    };

    private Post Accept(string name, Post? before, Upload upload, PostHead head)
    {
        var now = clock.GetUtcNow();
        var date = head.Date ?? FirstTime(before, upload, now);
        var state = head.Draft ? Hidden(before, PostState.Draft)
            : date > now ? Hidden(before, PostState.Scheduled)
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

    /// <summary>The date of a post that names none: kept once it is public; not in the future, should storage's clock be ahead.</summary>
    private static DateTimeOffset FirstTime(Post? before, Upload upload, DateTimeOffset now) =>
        before?.State is PostState.Published or PostState.Withdrawn && before.Date <= now ? before.Date
            : upload.Time < now ? upload.Time : now;

    /// <summary>What was public once stays known as withdrawn.</summary>
    private static PostState Hidden(Post? before, PostState otherwise) =>
        before?.State is PostState.Published or PostState.Withdrawn ? PostState.Withdrawn : otherwise;

    private static List<Slug> FormerSlugs(Post? before, Slug now)
    {
        IEnumerable<Slug> former = before is null ? [] : before.FormerSlugs;
        var last = before?.State is PostState.Published or PostState.Withdrawn ? [before.Head.Slug] : Array.Empty<Slug>();
        return [.. last.Concat(former).Where(slug => slug != now).Distinct().Take(20)];
    }

    /// <summary>Writes the post, then what follows from it. Answers the row's version, or null when the post was changed meanwhile: decide again.</summary>
    private async Task<string?> SettleAsync(Versioned<Post>? read, Post post, CancellationToken cancellationToken)
    {
        var version = await posts.SaveAsync(read, post, cancellationToken);
        if (version is not null && post.State is (PostState.Published or PostState.Withdrawn))
        {
            foreach (var slug in post.FormerSlugs.Prepend(post.Head.Slug))
            {
                await addresses.SettleAsync(Post.PathOf(slug), stop => posts.FindStandingAsync(slug, stop), cancellationToken);
            }

            await site.RaiseAsync(cancellationToken);
        }

        return version;
    }

    private static Problem Clash(Post post, Post holder) =>
        new(1, 1, $"the address {post.Path} belongs to {holder.Source}: give this post another one with 'slug: ...'.");

    private string WaitingLine(Post post) =>
        $"Readers will see it from {TimeZoneInfo.ConvertTime(post.Date, settings.TimeZone):yyyy-MM-dd HH:mm zzz} at {settings.BaseUrl}{post.Path}";

    private UploadReport Report(Post post, string version, IReadOnlyList<string> notes)
    {
        var (outcome, line) = post.State switch
        {
            PostState.Published => ("published", $"{settings.BaseUrl}{post.Path}"),
            _ when post.Head.Draft => ("draft", "Readers do not see it while 'draft: true' is in the front matter."),
            _ => ("scheduled", WaitingLine(post)),
        };
        return new UploadReport(post.Source, version, outcome, [line, .. notes]);
    }
}
