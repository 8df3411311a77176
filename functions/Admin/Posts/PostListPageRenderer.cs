using ServerlessBlog.Comments;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Posts;

/// <summary>Renders the list of posts.</summary>
public sealed class PostListPageRenderer(PostListReader reader, AdminPageResults results, BlogSettings settings)
{
    /// <summary>The page that is asked for.</summary>
    public async Task<IResult> ShowAsync(PostQuery query, CancellationToken cancellationToken)
    {
        var result = await reader.ReadAsync(query, cancellationToken);
        return await results.PageAsync(
            site =>
                PostListPage.Create(
                    new PostListView
                    {
                        Site = site,
                        State = query.Tab.Word,
                        Tabs =
                        [
                            .. PostTab
                                .Tabs.Where(tab => tab == PostTab.All || tab == query.Tab || result.Counts[tab] > 0)
                                .Select(tab => TabFor(tab, result.Counts[tab], site.Texts)),
                        ],
                        TabAddress = new PostQuery(query.Tab, "", null).Address,
                        Search = query.Search,
                        Posts = query.Tab == PostTab.Refused ? RefusedRows(query, result, site) : Rows(result, site),
                        NextAddress = result.Next is null ? null : (query with { After = result.Next }).Address,
                        IsComplete = result.IsComplete,
                        IsSearchable = result.IsSearchable,
                    }
                ),
            cancellationToken
        );
    }

    /// <summary>The state of a post as a word, such as "Draft".</summary>
    public static string NameOf(PostStatus status, SiteTexts texts) =>
        texts[
            status switch
            {
                PostStatus.Published => "admin.post-published",
                PostStatus.Draft => "admin.post-draft",
                PostStatus.Scheduled => "admin.post-scheduled",
                PostStatus.Expired => "admin.post-expired",
                _ => "admin.post-deleted",
            }
        ];

    private static LinkView TabFor(PostTab tab, int count, SiteTexts texts) =>
        new(
            texts[$"admin.posts-{tab.Word}"],
            new PostQuery(tab, "", null).Address,
            AdminMenu.FormatUpTo(PostListReader.MaxCount, count)
        );

    private List<PostRowView> Rows(PostListResult result, SiteLayout site)
    {
        var refused = result.Refused.Select(file => file.Report.Source).ToHashSet();
        return [.. result.Posts.Select(entry => RowFor(entry, refused.Contains(entry.Post.Source), site.Texts))];
    }

    private PostRowView RowFor(PostWithComments entry, bool isRefused, SiteTexts texts)
    {
        var (post, isThere) = (entry.Post, entry.Post.Status != PostStatus.Deleted);
        return new PostRowView
        {
            Title = new LinkView(post.Metadata.Title, AdminPaths.Post(post.Id.ToString())),
            Badges =
            [
                NameOf(post.Status, texts),
                .. isRefused ? [texts["admin.post-refused"]] : Array.Empty<string>(),
                .. isThere && post.Warnings > 0
                    ? [texts.Count("admin.post-warnings", post.Warnings)]
                    : Array.Empty<string>(),
            ],
            Date = settings.ToLocalTime(post.Date),
            Details = string.Join(", ", post.Metadata.Tags),
            Comments =
                entry.Comments == 0
                    ? null
                    : new LinkView(
                        texts.Count("comments", entry.Comments),
                        $"{AdminText.AddressOf(CommentState.Approved)}?post={post.Id}"
                    ),
            EditAddress = isThere ? AdminPaths.EditPostNamed(post.Source) : null,
            ViewAddress = post.Status == PostStatus.Published ? post.Path.Link : null,
        };
    }

    private List<PostRowView> RefusedRows(PostQuery query, PostListResult result, SiteLayout site) =>
        [
            .. result
                .Refused.Where(file =>
                    query
                        .Search.Split(' ')
                        .All(word => file.Report.Source.Contains(word, StringComparison.OrdinalIgnoreCase))
                )
                .Take(ReportFiles.MaxRefused)
                .Select(file => new PostRowView
                {
                    Title = new LinkView(file.Report.Source, AdminPaths.EditPostNamed(file.Report.Source)),
                    Badges = [site.Texts["admin.post-refused"]],
                    Date = settings.ToLocalTime(file.Time),
                    Details = string.Join(" ", file.Report.Lines),
                    EditAddress = AdminPaths.EditPostNamed(file.Report.Source),
                }),
        ];
}
