using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>
/// Publishes, refuses or withdraws one post file according to the blob's present state, and writes its report.
/// Idempotent; duplicate and reordered calls are safe.
/// </summary>
/// <remarks>
/// The post's row is read before the blob and replaced only if its ETag is unchanged, so the last writer has seen the
/// newest blob. Addresses, the site's revision and the report are written after the row, and again on every delivery,
/// so the next delivery repairs what a crash left undone.
/// </remarks>
public sealed class Publisher(
    UploadFiles uploads,
    PostTable posts,
    AcceptedFiles accepted,
    PostVersionTable versions,
    AddressTable addresses,
    SiteTable site,
    ReportFiles reports,
    PostValidator validator,
    UploadQueueClient queue,
    BlogSettings settings,
    TimeProvider clock
)
{
    /// <summary>The number of addresses of a post that are written in parallel.</summary>
    private const int MaxAtOnce = 8;

    private readonly PostReportLines _lines = new(settings);

    /// <summary>The result of one attempt.</summary>
    /// <param name="Report">The report to write.</param>
    /// <param name="Post">The id of the post that the file holds, or held.</param>
    /// <param name="RowVersion">The ETag of the post's row after the attempt; null when there is no post.</param>
    private sealed record Attempt(UploadReport Report, PostId Post, string? RowVersion);

    /// <summary>
    /// Processes the blob of this name as it is now. Repeats until neither the blob nor the post's row has changed
    /// meanwhile. Returns the report on it.
    /// </summary>
    public async Task<UploadReport> PublishAsync(string name, CancellationToken cancellationToken)
    {
        Attempt? attempt;
        do
        {
            attempt = await TryPublishAsync(name, cancellationToken);
            if (attempt is not null)
            {
                await reports.WriteAsync(attempt.Report, cancellationToken);
            }
        } while (attempt is null || !await IsCurrentAsync(name, attempt, cancellationToken));

        return attempt.Report;
    }

    /// <summary>
    /// Checked after the report is written, so that the last report is never about an older file. A date that came
    /// since the post was read is applied by another attempt: its message may have come before the row was written.
    /// </summary>
    private async Task<bool> IsCurrentAsync(string name, Attempt attempt, CancellationToken cancellationToken)
    {
        if (await uploads.GetVersionAsync(name, cancellationToken) != attempt.Report.SourceVersion)
        {
            return false;
        }

        var read = await posts.FindForWriteAsync(attempt.Post, cancellationToken);
        return read?.Version == attempt.RowVersion
            && !(read?.Value.Source == name && read.Value.Due <= clock.GetUtcNow());
    }

    /// <summary>
    /// Makes one attempt; null when another execution changed the post meanwhile and it must be repeated.
    /// </summary>
    private async Task<Attempt?> TryPublishAsync(string name, CancellationToken cancellationToken)
    {
        var heldId = await posts.FindIdAsync(name, cancellationToken);
        var held = await posts.FindForWriteAsync(heldId, cancellationToken);
        var upload = await uploads.FindAsync(name, cancellationToken);
        if (upload is null)
        {
            return await WithdrawAsync(name, heldId, held, cancellationToken);
        }

        var id = PostFile.TryReadIdFile(name, upload.Bytes, out var idFile)
            ? PostId.FromBlobName(idFile ?? name)
            : heldId;
        var read = id == heldId ? held : await posts.FindForWriteAsync(id, cancellationToken);

        var (file, post, problem) = await validator.CheckAsync(name, read?.Value, upload, cancellationToken);
        if (file is null || post is null)
        {
            return await RefuseAsync(name, upload, id, read, problem!, cancellationToken);
        }

        if (id != heldId && held?.Value.Source == name)
        {
            // The file has another id now: the post that it was gives up its address.
            await WithdrawAsync(name, heldId, held, cancellationToken);
        }

        return
            await AcceptAsync(read, post with { Warnings = file.Notes.Count }, upload, cancellationToken) is { } version
            ? new Attempt(_lines.CreateReport(post, upload.Version, file.Notes), id, version)
            : null;
    }

    /// <summary>
    /// Copies the text, saves the post with its new version, and removes what is older than the versions that are kept.
    /// Returns the row's ETag; null when the post was changed meanwhile and the attempt must be repeated.
    /// </summary>
    private async Task<string?> AcceptAsync(
        Versioned<Post>? read,
        Post post,
        Upload upload,
        CancellationToken cancellationToken
    )
    {
        var (now, bytes) = (clock.GetUtcNow(), upload.Bytes);
        var time = upload.Time < now ? upload.Time : now;
        var added = await versions.CreateAsync(read?.Value, post, time, upload.Origin, cancellationToken);
        await accepted.SaveAsync(post.Id, bytes, cancellationToken);
        var version = await SaveAsync(read, post, cancellationToken, added);
        if (version is not null && added is [.., { Number: > PostVersion.MaxKept }])
        {
            // Below that number, no copy was ever removed.
            await accepted.RenewAsync(post.Id, bytes, cancellationToken);
            await versions.TrimAsync(post.Id, cancellationToken);
        }

        return version;
    }

    private async Task<Attempt?> WithdrawAsync(
        string name,
        PostId id,
        Versioned<Post>? read,
        CancellationToken cancellationToken
    )
    {
        var report = new UploadReport(
            name,
            UploadReport.NoSource,
            UploadOutcome.Withdrawn,
            ["The file is deleted. Its comments are kept, and return with it."]
        );
        if (read is null || read.Value.Source != name)
        {
            // There is no post, or another file has taken the place of this one.
            return new Attempt(report, id, read?.Version);
        }

        var post = (read.Value with { SourceVersion = "", IsFoundByText = true }).WithStateAt(clock.GetUtcNow());
        return await SaveAsync(read, post, cancellationToken) is { } version ? new Attempt(report, id, version) : null;
    }

    /// <summary>
    /// Refuses the file. The last accepted version of the post stays, and still becomes public at its date.
    /// </summary>
    private async Task<Attempt?> RefuseAsync(
        string name,
        Upload upload,
        PostId id,
        Versioned<Post>? read,
        Problem problem,
        CancellationToken cancellationToken
    )
    {
        if (read is null || read.Value.Source != name)
        {
            return new Attempt(
                new UploadReport(name, upload.Version, UploadOutcome.Refused, [problem.ToString()]),
                id,
                read?.Version
            );
        }

        var kept = read.Value.WithStateAt(clock.GetUtcNow());
        var report = new UploadReport(
            name,
            upload.Version,
            UploadOutcome.Refused,
            [problem.ToString(), .. _lines.LastGoodVersionNote(kept)]
        );
        return await SaveAsync(read, kept, cancellationToken) is { } version ? new Attempt(report, id, version) : null;
    }

    /// <summary>
    /// Sends the messages for the post's next date and for search, then writes the post, then its addresses, then
    /// raises the site's revision. Returns the row's ETag; null when the post was changed meanwhile and the attempt
    /// must be repeated.
    /// </summary>
    private async Task<string?> SaveAsync(
        Versioned<Post>? read,
        Post post,
        CancellationToken cancellationToken,
        IReadOnlyList<PostVersion>? added = null
    )
    {
        if (post.Due is { } due && read?.Value.DueMessageFor != due)
        {
            await queue.SendAsync(DueMessage.Create(post.Id, post.Source, due), cancellationToken);
        }

        post = post with { DueMessageFor = post.Due };
        if (PostTable.IsChange(read, post))
        {
            await queue.SendAsync(PostChangedMessage.Create(post.Id, post.Source), cancellationToken);
        }

        var version = await posts.SaveAsync(read, post, added ?? [], cancellationToken);
        if (version is not null && post.WasPublic)
        {
            await Parallel.ForEachAsync(
                post.FormerPaths.Concat(post.Aliases).Prepend(post.Path),
                new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce, CancellationToken = cancellationToken },
                async (path, token) =>
                    await addresses.ReconcileAsync(
                        path,
                        lookupToken => posts.ResolveAddressAsync(path, lookupToken),
                        token
                    )
            );
            await site.RaiseAsync(cancellationToken);
        }

        return version;
    }
}
