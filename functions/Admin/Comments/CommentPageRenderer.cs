using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Site.Comments;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Comments;

/// <summary>Renders the admin pages of comments: the list of a state, and one comment with its history.</summary>
public sealed class CommentPageRenderer(
    CommentListReader lists,
    CommentTable comments,
    PostTable posts,
    AdminPageResults results,
    BlogSettings settings
)
{
    /// <summary>A page of the comments in one state.</summary>
    /// <param name="moderator">The signed-in moderator.</param>
    /// <param name="query">State, search and page.</param>
    /// <param name="result">Result of a bulk action that has just run; null for none.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    public async Task<IResult> ListAsync(
        SignedInModerator moderator,
        CommentQuery query,
        BulkResult? result,
        CancellationToken cancellationToken
    )
    {
        var (counting, found) = (lists.CountAsync(cancellationToken), await lists.ReadAsync(query, cancellationToken));
        var titles = await TitlesAsync(
            [
                .. found.Comments.Select(comment => comment.Key.Post),
                .. query.Post is { } post ? [post] : Array.Empty<PostId>(),
            ],
            cancellationToken
        );
        var counts = await counting;
        return await results.PageAsync(
            site => CommentListPage.Create(ListViewFor(site, moderator, query, counts, titles, found, result)),
            cancellationToken
        );
    }

    /// <summary>The address of a page of the list.</summary>
    public static string AddressOf(CommentQuery query) =>
        AdminText.AddressOf(query.State)
        + QueryString.Create(
            new Dictionary<string, string?>
            {
                ["post"] = query.Post?.ToString(),
                ["q"] = query.Search,
                ["after"] = query.After,
                ["check"] = query.AreAllChecked ? "all" : null,
            }.Where(part => part.Value is { Length: > 0 })
        );

    /// <summary>The id of the element of a comment in the list.</summary>
    public static string ElementIdOf(CommentKey comment) => $"c-{comment}";

    /// <summary>
    /// One comment with its history and the forms to reply to it and to correct it. Null when the comment does not
    /// exist.
    /// </summary>
    /// <param name="key">The comment.</param>
    /// <param name="draft">A reply or correction that was refused, shown again with status 400; null for none.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    public async Task<IResult?> ShowAsync(CommentKey key, ReplyDraft? draft, CancellationToken cancellationToken)
    {
        if (await comments.FindPatientlyAsync(key, cancellationToken) is not { Value: var comment })
        {
            return null;
        }

        var (history, titles) = (
            await comments.ReadAuditAsync(key, cancellationToken),
            await TitlesAsync([key.Post], cancellationToken)
        );
        return await results.PageAsync(
            site =>
                CommentHistoryPage.Create(
                    new CommentHistoryView(
                        site,
                        CommentStateText.Describe(site.Texts, comment.State, comment.IsRestorable),
                        ViewOf(
                            comment,
                            titles[key.Post],
                            site.Texts,
                            AdminText.ActionsFor(site.Texts, comment.State),
                            isListed: false
                        ),
                        $"{AdminText.NameOf(site.Texts, comment.State)} – {site.Texts["admin.comments"]}",
                        AdminText.AddressOf(comment.State),
                        comment.ReplyTo is { } parent
                            ? AdminPaths.Comment((key with { Comment = parent }).ToString())
                            : null,
                        comment.IsWithdrawn ? null : ReplyForms.ForReply(site.Texts, comment, draft),
                        comment.IsWithdrawn || comment.NewText is not null
                            ? null
                            : ReplyForms.ForCorrection(site.Texts, comment, draft),
                        [.. history.Select(entry => entry with { Time = settings.ToLocalTime(entry.Time) })]
                    )
                ),
            cancellationToken,
            draft is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest
        );
    }

    private static string ItemOf(Comment comment) => new CommentVersion(comment.Key, comment.Version).ToString();

    private ModeratedCommentView ViewOf(
        Comment comment,
        LinkView post,
        SiteTexts texts,
        IReadOnlyList<ActionButtonView> actions,
        bool isListed
    ) =>
        new()
        {
            Texts = texts,
            Id = ElementIdOf(comment.Key),
            IsChecked = false,
            Item = comment.IsWithdrawn ? null : ItemOf(comment),
            Author =
                comment.IsErased ? texts["admin.erased"]
                : comment.IsByAuthor ? texts.Format("admin.by-author", ("name", comment.Author))
                : comment.Author,
            Email = comment.Email,
            Website = comment.Website,
            Post = post,
            PostId = isListed ? comment.Key.Post.ToString() : null,
            Date = settings.ToLocalTime(comment.Created),
            Text = comment.Text,
            NewText = comment.NewText,
            Reasons = comment.Reasons,
            Actions = actions,
            HistoryAddress = isListed ? AdminPaths.Comment(comment.Key.ToString()) : null,
        };

    private async Task<Dictionary<PostId, LinkView>> TitlesAsync(
        IReadOnlyList<PostId> listed,
        CancellationToken cancellationToken
    )
    {
        var (ids, texts) = (listed.Distinct().ToList(), await results.TextsAsync(cancellationToken));
        var found = await Task.WhenAll(ids.Select(id => posts.FindAsync(id, cancellationToken)));
        return ids.Zip(found).ToDictionary(pair => pair.First, pair => LinkView.ToPost(pair.Second?.Value, texts));
    }

    private CommentListView ListViewFor(
        SiteLayout site,
        SignedInModerator moderator,
        CommentQuery query,
        IReadOnlyDictionary<CommentState, int> counts,
        Dictionary<PostId, LinkView> titles,
        CommentQueryResult found,
        BulkResult? result
    )
    {
        var texts = site.Texts;
        var actions = AdminText.ActionsFor(texts, query.State);
        return new CommentListView
        {
            Site = site,
            Name = moderator.Author.Name,
            States =
            [
                .. AdminText
                    .States.Where(state => state != CommentState.Waiting || state == query.State || counts[state] > 0)
                    .Select(state => AdminText.TabFor(texts, state, counts[state])),
            ],
            State = AdminText.TabFor(texts, query.State, counts[query.State]),
            Search = query.Search,
            Post = query.Post is { } only ? new CommentedPostView(only.ToString(), titles[only].Text) : null,
            Comments =
            [
                .. found.Comments.Select(comment =>
                    ViewOf(comment, titles[comment.Key.Post], texts, actions, isListed: true) with
                    {
                        IsChecked = query.AreAllChecked,
                    }
                ),
            ],
            Actions = actions,
            Address = AddressOf(query with { AreAllChecked = false }),
            CheckAllAddress = AddressOf(query with { AreAllChecked = true }),
            NextAddress = found.After is null
                ? null
                : AddressOf(query with { After = found.After, AreAllChecked = false }),
            Confirmation = result is null
                ? null
                : new BulkResultView(
                    AdminText.SentenceFor(texts, result),
                    result.Action == ModeratorAction.Undo
                        ? []
                        : [.. result.Changed.Select(version => version.ToString())]
                ),
        };
    }
}
