namespace ServerlessBlog.Posts.Publishing;

/// <summary>Formats what the reports on post files say about dates and addresses.</summary>
internal sealed class PostReportLines(BlogSettings settings)
{
    /// <summary>The note on a refused file of a post whose last accepted version stays; none if it has none.</summary>
    public IEnumerable<string> LastGoodVersionNote(Post kept) =>
        kept switch
        {
            { State: PostState.Published } => [$"The last good version stays at {settings.BaseUrl}{kept.Path}"],
            { IsWaiting: true } => [$"The last good version stays: {ScheduledLine(kept)}"],
            _ => [],
        };

    private string ScheduledLine(Post post) =>
        $"Readers will see it from {Local(post.Date)} at {settings.BaseUrl}{post.Path}";

    private string Local(DateTimeOffset time) =>
        settings.ToLocalTime(time).ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    /// <summary>Creates the report on an accepted file.</summary>
    /// <param name="post">The post as of now.</param>
    /// <param name="version">The ETag of the file.</param>
    /// <param name="notes">Notes for the author, one sentence each.</param>
    public UploadReport CreateReport(Post post, string version, IReadOnlyList<string> notes)
    {
        var (outcome, line) = post.State switch
        {
            PostState.Published => (UploadOutcome.Published, $"{settings.BaseUrl}{post.Path}"),
            _ when post.Metadata.Draft => (
                UploadOutcome.Draft,
                "Readers do not see it while 'draft: true' or 'published: false' is in the front matter."
            ),
            _ when post.Metadata.Expires is { } expires && !post.IsWaiting => (
                UploadOutcome.Expired,
                $"Readers no longer see it since {Local(expires)}: its 'expiryDate'."
            ),
            _ => (UploadOutcome.Scheduled, ScheduledLine(post)),
        };
        return new UploadReport(post.Source, version, outcome, [line, .. notes]);
    }
}
