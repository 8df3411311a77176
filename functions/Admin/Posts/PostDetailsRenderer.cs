using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Posts;

/// <summary>Renders the page of a post in the admin area.</summary>
public sealed class PostDetailsRenderer(
    UploadFiles uploads,
    AcceptedFiles accepted,
    PostVersionTable versions,
    ReportFiles reports,
    AdminPageResults results,
    BlogSettings settings
)
{
    /// <summary>The page of a post.</summary>
    /// <param name="post">The post.</param>
    /// <param name="request">What it shows besides.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    /// <param name="status">HTTP status code.</param>
    public async Task<IResult> ShowAsync(
        Post post,
        PostDetailsRequest request,
        CancellationToken cancellationToken,
        int status = StatusCodes.Status200OK
    )
    {
        var (versionTask, keptTask) = (
            uploads.GetVersionAsync(post.Source, cancellationToken),
            versions.ReadAsync(post.Id, cancellationToken)
        );
        var report = await reports.FindAsync(post.Source, cancellationToken);
        var (version, kept) = (await versionTask, await keptTask);
        var text = await ReadTextAsync(post, kept, request.Version, cancellationToken);
        var isThere = version != UploadReport.NoSource;
        return await results.PageAsync(
            site =>
            {
                var list = kept.Select(one => VersionFor(post, one, site.Texts)).ToList();
                return PostDetailsPage.Create(
                    new PostDetailsView
                    {
                        Site = site,
                        Title = post.Metadata.Title,
                        Address = AdminPaths.Post(post.Id.ToString()),
                        State = PostListPageRenderer.NameOf(isThere ? post.Status : PostStatus.Deleted, site.Texts),
                        Source = post.Source,
                        Date = settings.ToLocalTime(post.Date),
                        Version = isThere ? version : "",
                        EditAddress = isThere ? AdminPaths.EditPostNamed(post.Source) : null,
                        ViewAddress = post.Status == PostStatus.Published ? post.Path.Link : null,
                        Report = report?.SourceVersion == version ? report.Lines : [],
                        IsRefused = report?.SourceVersion == version && report.Outcome == UploadOutcome.Refused,
                        Versions = list,
                        Shown = text is null
                            ? null
                            : new PostTextView(list.First(one => one.Number == request.Version), text),
                        CanBePreviewed = isThere && post.Status is not (PostStatus.Published or PostStatus.Deleted),
                        PreviewAddress = request.PreviewAddress,
                        Name = NameField(post, request, site.Texts),
                        Confirmation = ConfirmationOf(request.Did, site.Texts),
                        Problem = request.Problem is null ? null : site.Texts.Format(request.Problem),
                    }
                );
            },
            cancellationToken,
            status
        );
    }

    private async Task<string?> ReadTextAsync(
        Post post,
        IReadOnlyList<PostVersion> kept,
        int? number,
        CancellationToken cancellationToken
    ) =>
        kept.FirstOrDefault(version => version.Number == number) is { } chosen
        && await accepted.FindAsync(post.Id, chosen.Hash, cancellationToken) is { } bytes
            ? EditableText.Decode(bytes)
            : null;

    private PostVersionView VersionFor(Post post, PostVersion version, SiteTexts texts) =>
        new(
            version.Number,
            settings.ToLocalTime(version.Time),
            texts[
                version.Origin switch
                {
                    VersionOrigin.Editor => "admin.version-editor",
                    VersionOrigin.Restored => "admin.version-restored",
                    VersionOrigin.Renamed => "admin.version-renamed",
                    VersionOrigin.Refused => "admin.version-refused",
                    _ => "admin.version-upload",
                }
            ],
            version.Title,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{AdminPaths.Post(post.Id.ToString())}?version={version.Number}#text"
            ),
            version.Hash == post.ContentHash && post.Status != PostStatus.Deleted
        );

    private static FieldView NameField(Post post, PostDetailsRequest request, SiteTexts texts) =>
        new()
        {
            Name = "name",
            Label = texts["admin.rename-label"],
            Type = "text",
            MaxLength = PostFileName.MaxLength,
            IsRequired = true,
            Autocomplete = "off",
            Hint = texts["admin.rename-hint"],
            Value = request.TypedName.Length > 0 ? request.TypedName : post.Source,
        };

    private static string? ConfirmationOf(string did, SiteTexts texts) =>
        did switch
        {
            "delete" => texts["admin.did-post-delete"],
            "rename" => texts["admin.did-post-rename"],
            "restore" => texts["admin.did-post-restore"],
            "stop" => texts["admin.did-preview-stop"],
            _ => null,
        };
}
