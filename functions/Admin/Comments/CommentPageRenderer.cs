using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Site.Comments;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Comments;

/// <summary>Makes the pages of the desk that show comments.</summary>
public sealed class CommentPageRenderer(
    CommentListReader lists,
    CommentTable comments,
    PostTable posts,
    AdminPageResults results,
    BlogSettings settings
)
{
    /// <summary>A page of comments.</summary>
    /// <param name="moderator">Whose desk it is.</param>
    /// <param name="query">Which comments.</param>
    /// <param name="outcome">What has just been done; null for nothing.</param>
    /// <param name="cancellationToken">The moderator has gone.</param>
    public async Task<IResult> ListAsync(
        SignedInModerator moderator,
        CommentQuery query,
        BulkResult? outcome,
        CancellationToken cancellationToken
    )
    {
        var (counting, found) = (lists.CountAsync(cancellationToken), await lists.ReadAsync(query, cancellationToken));
        var titles = await TitlesAsync(
            [
                .. found.Comments.Select(comment => comment.Key.Post),
                .. query.Post is { } only ? [only] : Array.Empty<PostId>(),
            ],
            cancellationToken
        );
        var counts = await counting;
        var states = AdminText.States.Select(known => AdminText.TabFor(known, counts[known])).ToList();
        var current = states[AdminText.States.IndexOf(query.State)];
        var acts = AdminText.ActsOn(query.State);
        return await results.PageAsync(
            site =>
                CommentListPage.Create(
                    new CommentListView
                    {
                        Site = site,
                        Name = moderator.Who.Name,
                        States = states,
                        State = current,
                        Search = query.Search,
                        Post = query.Post is { } post
                            ? new CommentedPostView(post.ToString(), titles[post].Text)
                            : null,
                        Comments =
                        [
                            .. found.Comments.Select(comment =>
                                ViewOf(
                                    comment,
                                    titles[comment.Key.Post],
                                    acts,
                                    AdminPaths.Comment(comment.Key.ToString())
                                )
                            ),
                        ],
                        Acts = acts,
                        Address = AddressOf(current, query),
                        NextAddress = found.After is null
                            ? null
                            : AddressOf(current, query with { After = found.After }),
                        Done = outcome is null
                            ? null
                            : new BulkResultView(
                                AdminText.TabFor(outcome),
                                outcome.Act == ModeratorAction.Undo
                                    ? []
                                    : [.. outcome.Changed.Select(version => version.ToString())]
                            ),
                    }
                ),
            cancellationToken
        );
    }

    /// <summary>One comment with its history, and what can be written about it. Null when there is none.</summary>
    /// <param name="key">The comment.</param>
    /// <param name="draft">What was written and not taken; null for nothing.</param>
    /// <param name="cancellationToken">The moderator has gone.</param>
    public async Task<IResult?> OneAsync(CommentKey key, ReplyDraft? draft, CancellationToken cancellationToken)
    {
        if (await comments.FindPatientlyAsync(key, cancellationToken) is not { Value: var comment })
        {
            return null;
        }

        var (history, titles) = (
            await comments.AuditAsync(key, cancellationToken),
            await TitlesAsync([key.Post], cancellationToken)
        );
        return await results.PageAsync(
            site =>
                CommentHistoryPage.Create(
                    new CommentHistoryView(
                        site,
                        CommentStateText.Describe(comment.State, comment.IsRestorable),
                        ViewOf(comment, titles[key.Post], AdminText.ActsOn(comment.State), storyAddress: null),
                        $"{comment.State} comments",
                        AdminText.TabFor(comment.State, 0).Address,
                        comment.Answers is { } answered
                            ? AdminPaths.Comment((key with { Comment = answered }).ToString())
                            : null,
                        comment.IsTakenBack ? null : AnswerTo(comment, draft),
                        comment.IsTakenBack || comment.NewText is not null ? null : CorrectionOf(comment, draft),
                        [.. history.Select(entry => entry with { Time = settings.Local(entry.Time) })]
                    )
                ),
            cancellationToken,
            draft is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest
        );
    }

    private static ReplyFormView AnswerTo(Comment comment, ReplyDraft? draft) =>
        FormOn(
            comment,
            ReplyDraft.Answer,
            comment.State == CommentState.Approved ? "Reply" : "Approve and reply",
            "Your reply",
            "Markdown. Readers see that an author wrote it.",
            "",
            draft
        );

    private static ReplyFormView CorrectionOf(Comment comment, ReplyDraft? draft) =>
        FormOn(
            comment,
            ReplyDraft.Correct,
            "Correct the text",
            "What it is to say",
            "The text before stays in the history.",
            comment.Text,
            draft
        );

    private static ReplyFormView FormOn(
        Comment comment,
        string act,
        string button,
        string label,
        string hint,
        string text,
        ReplyDraft? draft
    )
    {
        var own = draft?.Act == act ? draft : null;
        var field = new FieldView
        {
            Name = act,
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
        IReadOnlyList<ActionButtonView> acts,
        string? storyAddress
    ) =>
        new()
        {
            Item = comment.IsTakenBack ? null : ItemOf(comment),
            Author =
                comment.IsErased ? "(erased by its writer)"
                : comment.IsByAuthor ? $"{comment.Author} (author)"
                : comment.Author,
            Email = comment.Email,
            Website = comment.Website,
            Post = post,
            PostId = storyAddress is null ? null : comment.Key.Post.ToString(),
            Date = settings.Local(comment.Created),
            Text = comment.Text,
            NewText = comment.NewText,
            Reasons = comment.Reasons,
            Acts = acts,
            StoryAddress = storyAddress,
        };

    private async Task<Dictionary<PostId, LinkView>> TitlesAsync(
        IReadOnlyList<PostId> shown,
        CancellationToken cancellationToken
    )
    {
        var ids = shown.Distinct().ToList();
        var found = await Task.WhenAll(ids.Select(id => posts.FindAsync(id, cancellationToken)));
        return ids.Zip(found).ToDictionary(pair => pair.First, pair => LinkView.To(pair.Second?.Value));
    }

    private static string AddressOf(StateTabView state, CommentQuery query) =>
        state.Address
        + QueryString.Create(
            new Dictionary<string, string?>
            {
                ["post"] = query.Post?.ToString(),
                ["q"] = query.Search,
                ["after"] = query.After,
            }.Where(part => part.Value is { Length: > 0 })
        );
}
