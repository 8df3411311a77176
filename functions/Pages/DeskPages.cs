using ServerlessBlog.Comments;
using ServerlessBlog.Desk;
using ServerlessBlog.Hosting;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Pages;

/// <summary>Makes the pages of the desk that show comments.</summary>
public sealed class DeskPages(CommentShelf shelf, CommentTable comments, PostTable posts, DeskAnswers answers, BlogSettings settings)
{
    /// <summary>A page of the comments in a state.</summary>
    /// <param name="visitor">Whose desk it is.</param>
    /// <param name="state">The state.</param>
    /// <param name="after">The place that the page begins after; null for the first page.</param>
    /// <param name="search">What their text, or what is known of their writer, must have; empty for any.</param>
    /// <param name="done">What has just been done; null for nothing.</param>
    /// <param name="cancellationToken">The moderator has gone.</param>
    public async Task<IResult> ListAsync(Visitor visitor, CommentState state, string? after, string search, DeskDone? done, CancellationToken cancellationToken)
    {
        var (counting, part) = (shelf.CountAsync(cancellationToken), await shelf.ReadAsync(state, after, search, cancellationToken));
        var titles = await TitlesAsync(part.Comments, cancellationToken);
        var counts = await counting;
        var states = DeskWords.States.Select(known => DeskWords.Of(known, counts[known])).ToList();
        var current = states[DeskWords.States.IndexOf(state)];
        var acts = DeskWords.ActsOn(state);
        return await answers.PageAsync(
            frame => DeskPage.Create(new DeskView(
                frame,
                visitor.Who.Name,
                states,
                current,
                search,
                [.. part.Comments.Select(comment => ViewOf(comment, titles[comment.Key.Post], acts, DeskWords.StoryOf(comment.Key)))],
                acts,
                AddressOf(current, after, search),
                part.After is null ? null : AddressOf(current, part.After, search),
                done is null ? null : new DeskDoneView(DeskWords.Of(done), done.Act == DeskAct.Undo ? [] : [.. done.Changed.Select(item => item.ToString())]))),
            cancellationToken);
    }

    /// <summary>One comment with its history. Null when there is none.</summary>
    public async Task<IResult?> OneAsync(CommentKey key, CancellationToken cancellationToken)
    {
        if (await comments.FindPatientlyAsync(key, cancellationToken) is not { Value: var comment })
        {
            return null;
        }

        var (history, titles) = (await comments.AuditAsync(key, cancellationToken), await TitlesAsync([comment], cancellationToken));
        return await answers.PageAsync(
            frame => DeskStory.Create(new DeskStoryView(
                frame,
                StateWords.Of(comment.State, comment.IsRestorable),
                ViewOf(comment, titles[key.Post], DeskWords.ActsOn(comment.State), storyAddress: null),
                DeskWords.Of(comment.State, 0).Address,
                [.. history.Select(entry => entry with { Time = settings.Local(entry.Time) })])),
            cancellationToken);
    }

    private DeskCommentView ViewOf(Comment comment, LinkView post, IReadOnlyList<DeskActView> acts, string? storyAddress) => new(
        comment.IsTakenBack ? null : new DeskItem(comment.Key, comment.Decisions).ToString(),
        comment.IsErased ? "(erased by its writer)" : comment.Author,
        comment.Email,
        comment.Website,
        post,
        settings.Local(comment.Created),
        comment.Text,
        comment.NewText,
        comment.Reasons,
        acts,
        storyAddress);

    private async Task<Dictionary<PostId, LinkView>> TitlesAsync(IReadOnlyList<Comment> shown, CancellationToken cancellationToken)
    {
        var ids = shown.Select(comment => comment.Key.Post).Distinct().ToList();
        var found = await Task.WhenAll(ids.Select(id => posts.FindAsync(id, cancellationToken)));
        return ids.Zip(found).ToDictionary(pair => pair.First, pair => LinkView.To(pair.Second?.Value));
    }

    private static string AddressOf(DeskStateView state, string? after, string search) =>
        state.Address + QueryString.Create([.. after is null ? [] : new[] { new KeyValuePair<string, string?>("after", after) }, .. search.Length == 0 ? [] : new[] { new KeyValuePair<string, string?>("q", search) }]);
}
