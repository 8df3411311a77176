using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Site.Comments;
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
        var states = AdminText.States.Select(state => AdminText.TabFor(state, counts[state])).ToList();
        var current = states[AdminText.States.IndexOf(query.State)];
        var actions = AdminText.ActionsFor(query.State);
        return await results.PageAsync(
            site =>
                CommentListPage.Create(
                    new CommentListView
                    {
                        Site = site,
                        Name = moderator.Author.Name,
                        States = states,
                        State = current,
                        Search = query.Search,
                        Post = query.Post is { } only
                            ? new CommentedPostView(only.ToString(), titles[only].Text)
                            : null,
                        Comments =
                        [
                            .. found.Comments.Select(comment =>
                                ViewOf(
                                    comment,
                                    titles[comment.Key.Post],
                                    actions,
                                    AdminPaths.Comment(comment.Key.ToString())
                                )
                            ),
                        ],
                        Actions = actions,
                        Address = AddressOf(current, query),
                        NextAddress = found.After is null
                            ? null
                            : AddressOf(current, query with { After = found.After }),
                        Confirmation = result is null
                            ? null
                            : new BulkResultView(
                                AdminText.SentenceFor(result),
                                result.Action == ModeratorAction.Undo
                                    ? []
                                    : [.. result.Changed.Select(version => version.ToString())]
                            ),
                    }
                ),
            cancellationToken
        );
    }

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
                        CommentStateText.Describe(comment.State, comment.IsRestorable),
                        ViewOf(comment, titles[key.Post], AdminText.ActionsFor(comment.State), historyAddress: null),
                        $"{comment.State} comments",
                        AdminText.TabFor(comment.State, 0).Address,
                        comment.ReplyTo is { } parent
                            ? AdminPaths.Comment((key with { Comment = parent }).ToString())
                            : null,
                        comment.IsWithdrawn ? null : ReplyFormFor(comment, draft),
                        comment.IsWithdrawn || comment.NewText is not null ? null : CorrectionFormFor(comment, draft),
                        [.. history.Select(entry => entry with { Time = settings.ToLocalTime(entry.Time) })]
                    )
                ),
            cancellationToken,
            draft is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest
        );
    }

    private static ReplyFormView ReplyFormFor(Comment comment, ReplyDraft? draft) =>
        FormFor(
            comment,
            ReplyDraft.Reply,
            comment.State == CommentState.Approved ? "Reply" : "Approve and reply",
            "Your reply",
            "Markdown. Readers see that an author wrote it.",
            "",
            draft
        );

    private static ReplyFormView CorrectionFormFor(Comment comment, ReplyDraft? draft) =>
        FormFor(
            comment,
            ReplyDraft.Correct,
            "Correct the text",
            "What it is to say",
            "The text before stays in the history.",
            comment.Text,
            draft
        );

    private static ReplyFormView FormFor(
        Comment comment,
        string action,
        string button,
        string label,
        string hint,
        string text,
        ReplyDraft? draft
    )
    {
        var own = draft?.Action == action ? draft : null;
        var field = new FieldView
        {
            Name = action,
            Label = label,
            Type = "textarea",
            MaxLength = CommentForm.MaxText,
            IsRequired = true,
            Hint = hint,
            Value = own?.Text ?? text,
            Problem = own?.Problem,
        };
        return new ReplyFormView(AdminPaths.Comment(comment.Key.ToString()), ItemOf(comment), button, field);
    }

    private static string ItemOf(Comment comment) => new CommentVersion(comment.Key, comment.Version).ToString();

    private ModeratedCommentView ViewOf(
        Comment comment,
        LinkView post,
        IReadOnlyList<ActionButtonView> actions,
        string? historyAddress
    ) =>
        new()
        {
            Item = comment.IsWithdrawn ? null : ItemOf(comment),
            Author =
                comment.IsErased ? "(erased by its writer)"
                : comment.IsByAuthor ? $"{comment.Author} (author)"
                : comment.Author,
            Email = comment.Email,
            Website = comment.Website,
            Post = post,
            PostId = historyAddress is null ? null : comment.Key.Post.ToString(),
            Date = settings.ToLocalTime(comment.Created),
            Text = comment.Text,
            NewText = comment.NewText,
            Reasons = comment.Reasons,
            Actions = actions,
            HistoryAddress = historyAddress,
        };

    private async Task<Dictionary<PostId, LinkView>> TitlesAsync(
        IReadOnlyList<PostId> listed,
        CancellationToken cancellationToken
    )
    {
        var ids = listed.Distinct().ToList();
        var found = await Task.WhenAll(ids.Select(id => posts.FindAsync(id, cancellationToken)));
        return ids.Zip(found).ToDictionary(pair => pair.First, pair => LinkView.ToPost(pair.Second?.Value));
    }

    private static string AddressOf(StateTabView tab, CommentQuery query) =>
        tab.Address
        + QueryString.Create(
            new Dictionary<string, string?>
            {
                ["post"] = query.Post?.ToString(),
                ["q"] = query.Search,
                ["after"] = query.After,
            }.Where(part => part.Value is { Length: > 0 })
        );
}
