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
public sealed class DeskPages(CommentShelf shelf, CommentTable comments, PostTable posts, DeskAnswers answers, BlogSettings settings)
{
    /// <summary>A page of comments.</summary>
    /// <param name="visitor">Whose desk it is.</param>
    /// <param name="wanted">Which comments.</param>
    /// <param name="done">What has just been done; null for nothing.</param>
    /// <param name="cancellationToken">The moderator has gone.</param>
    public async Task<IResult> ListAsync(Visitor visitor, DeskWanted wanted, DeskDone? done, CancellationToken cancellationToken)
    {
        var (counting, part) = (shelf.CountAsync(cancellationToken), await shelf.ReadAsync(wanted, cancellationToken));
        var titles = await TitlesAsync([.. part.Comments.Select(comment => comment.Key.Post), .. wanted.Post is { } only ? [only] : Array.Empty<PostId>()], cancellationToken);
        var counts = await counting;
        var states = DeskWords.States.Select(known => DeskWords.Of(known, counts[known])).ToList();
        var current = states[DeskWords.States.IndexOf(wanted.State)];
        var acts = DeskWords.ActsOn(wanted.State);
        return await answers.PageAsync(
            frame => DeskPage.Create(new DeskView
            {
                Frame = frame,
                Name = visitor.Who.Name,
                States = states,
                State = current,
                Search = wanted.Search,
                Post = wanted.Post is { } post ? new DeskPostView(post.ToString(), titles[post].Text) : null,
                Comments = [.. part.Comments.Select(comment => ViewOf(comment, titles[comment.Key.Post], acts, AdminPaths.Comment(comment.Key.ToString())))],
                Acts = acts,
                Address = AddressOf(current, wanted),
                NextAddress = part.After is null ? null : AddressOf(current, wanted with { After = part.After }),
                Done = done is null ? null : new DeskDoneView(DeskWords.Of(done), done.Act == DeskAct.Undo ? [] : [.. done.Changed.Select(item => item.ToString())]),
            }),
            cancellationToken);
    }

    /// <summary>One comment with its history, and what can be written about it. Null when there is none.</summary>
    /// <param name="key">The comment.</param>
    /// <param name="draft">What was written and not taken; null for nothing.</param>
    /// <param name="cancellationToken">The moderator has gone.</param>
    public async Task<IResult?> OneAsync(CommentKey key, DeskDraft? draft, CancellationToken cancellationToken)
    {
        if (await comments.FindPatientlyAsync(key, cancellationToken) is not { Value: var comment })
        {
            return null;
        }

        var (history, titles) = (await comments.AuditAsync(key, cancellationToken), await TitlesAsync([key.Post], cancellationToken));
        return await answers.PageAsync(
            frame => DeskStory.Create(new DeskStoryView(
                frame,
                StateWords.Of(comment.State, comment.IsRestorable),
                ViewOf(comment, titles[key.Post], DeskWords.ActsOn(comment.State), storyAddress: null),
                DeskWords.Of(comment.State, 0).Address,
                comment.Answers is { } answered ? AdminPaths.Comment((key with { Comment = answered }).ToString()) : null,
                comment.IsTakenBack ? null : AnswerTo(comment, draft),
                comment.IsTakenBack || comment.NewText is not null ? null : CorrectionOf(comment, draft),
                [.. history.Select(entry => entry with { Time = settings.Local(entry.Time) })])),
            cancellationToken,
            draft is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static DeskFormView AnswerTo(Comment comment, DeskDraft? draft) => FormOn(
        comment, DeskDraft.Answer, comment.State == CommentState.Approved ? "Answer" : "Approve and answer", "Your answer", "Markdown. Readers see that an author wrote it.", "", draft);

    private static DeskFormView CorrectionOf(Comment comment, DeskDraft? draft) =>
        FormOn(comment, DeskDraft.Correct, "Correct the text", "What it is to say", "The text before stays in the history.", comment.Text, draft);

    private static DeskFormView FormOn(Comment comment, string act, string button, string label, string hint, string text, DeskDraft? draft)
    {
        var own = draft?.Act == act ? draft : null;
        var field = new FieldView
        {
            Name = act,
            Label = label,
            Type = "textarea",
            MaxLength = CommentOffer.MaxText,
            IsRequired = true,
            Hint = hint,
            Value = own?.Text ?? text,
            Problem = own?.Problem,
        };
        return new DeskFormView(AdminPaths.Comment(comment.Key.ToString()), ItemOf(comment), button, field);
    }

    private static string ItemOf(Comment comment) => new DeskItem(comment.Key, comment.Version).ToString();

    private DeskCommentView ViewOf(Comment comment, LinkView post, IReadOnlyList<DeskActView> acts, string? storyAddress) => new()
    {
        Item = comment.IsTakenBack ? null : ItemOf(comment),
        Author = comment.IsErased ? "(erased by its writer)" : comment.IsByAuthor ? $"{comment.Author} (author)" : comment.Author,
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

    private async Task<Dictionary<PostId, LinkView>> TitlesAsync(IReadOnlyList<PostId> shown, CancellationToken cancellationToken)
    {
        var ids = shown.Distinct().ToList();
        var found = await Task.WhenAll(ids.Select(id => posts.FindAsync(id, cancellationToken)));
        return ids.Zip(found).ToDictionary(pair => pair.First, pair => LinkView.To(pair.Second?.Value));
    }

    private static string AddressOf(DeskStateView state, DeskWanted wanted) => state.Address + QueryString.Create(
        new Dictionary<string, string?> { ["post"] = wanted.Post?.ToString(), ["q"] = wanted.Search, ["after"] = wanted.After }.Where(part => part.Value is { Length: > 0 }));
}
