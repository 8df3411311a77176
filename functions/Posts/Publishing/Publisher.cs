using System.Globalization;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Posts.Publishing;

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
    PostValidator validator,
    BlogSettings settings,
    TimeProvider clock
)
{
    /// <summary>So many of a post's addresses are settled at once.</summary>
    private const int MaxAtOnce = 8;

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
        } while (done is null || !await IsStillTrueAsync(name, done, cancellationToken));
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

        var (file, post, problem) = await validator.CheckAsync(name, read?.Value, upload, cancellationToken);
        if (file is null || post is null)
        {
            return await RefuseAsync(name, upload, read, problem!, cancellationToken);
        }

        await accepted.KeepAsync(post.Id, upload.Bytes, cancellationToken);
        return await SettleAsync(read, post, cancellationToken) is { } version
            ? new Done(Report(post, upload.Version, file.Notes), version)
            : null;
    }

    private async Task<Done?> WithdrawAsync(string name, Versioned<Post>? read, CancellationToken cancellationToken)
    {
        var report = new UploadReport(
            name,
            UploadReport.NoSource,
            UploadOutcome.Withdrawn,
            ["The file is deleted. Its comments are kept, and return with it."]
        );
        if (read is null)
        {
            return new Done(report, null);
        }

        var post = (read.Value with { SourceVersion = "" }).At(clock.GetUtcNow());
        return await SettleAsync(read, post, cancellationToken) is { } version ? new Done(report, version) : null;
    }

    /// <summary>Refuses the file. What was accepted before it stays, and appears when its date has come.</summary>
    private async Task<Done?> RefuseAsync(
        string name,
        Upload upload,
        Versioned<Post>? read,
        Problem problem,
        CancellationToken cancellationToken
    )
    {
        if (read is null)
        {
            return new Done(new UploadReport(name, upload.Version, UploadOutcome.Refused, [problem.ToString()]), null);
        }

        var kept = read.Value.At(clock.GetUtcNow());
        var report = new UploadReport(
            name,
            upload.Version,
            UploadOutcome.Refused,
            [problem.ToString(), .. LastGood(kept)]
        );
        return await SettleAsync(read, kept, cancellationToken) is { } version ? new Done(report, version) : null;
    }

    private IEnumerable<string> LastGood(Post kept) =>
        kept switch
        {
            { State: PostState.Published } => [$"The last good version stays at {settings.BaseUrl}{kept.Path}"],
            { IsWaiting: true } => [$"The last good version stays: {WaitingLine(kept)}"],
            _ => [],
        };

    /// <summary>Writes the post, then what follows from it. Answers the row's version, or null when the post was changed meanwhile: decide again.</summary>
    private async Task<string?> SettleAsync(Versioned<Post>? read, Post post, CancellationToken cancellationToken)
    {
        var version = await posts.SaveAsync(read, post, cancellationToken);
        if (version is not null && post.WasPublic)
        {
            await Parallel.ForEachAsync(
                post.FormerPaths.Concat(post.Aliases).Prepend(post.Path),
                new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce, CancellationToken = cancellationToken },
                async (path, stop) =>
                    await addresses.SettleAsync(path, asked => posts.FindStandingAsync(path, asked), stop)
            );
            await site.RaiseAsync(cancellationToken);
        }

        return version;
    }

    private string WaitingLine(Post post) =>
        $"Readers will see it from {Local(post.Date)} at {settings.BaseUrl}{post.Path}";

    private string Local(DateTimeOffset time) =>
        settings.Local(time).ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    private UploadReport Report(Post post, string version, IReadOnlyList<string> notes)
    {
        var (outcome, line) = post.State switch
        {
            PostState.Published => (UploadOutcome.Published, $"{settings.BaseUrl}{post.Path}"),
            _ when post.Head.Draft => (
                UploadOutcome.Draft,
                "Readers do not see it while 'draft: true' is in the front matter."
            ),
            _ when post.Head.Expires is { } expires && !post.IsWaiting => (
                UploadOutcome.Expired,
                $"Readers no longer see it since {Local(expires)}: its 'expiryDate'."
            ),
            _ => (UploadOutcome.Scheduled, WaitingLine(post)),
        };
        return new UploadReport(post.Source, version, outcome, [line, .. notes]);
    }
}
