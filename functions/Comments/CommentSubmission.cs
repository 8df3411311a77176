using System.Globalization;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Comments;

/// <summary>Takes in what somebody wrote: checked, kept and announced, or refused with what is to be said at each thing that is wrong.</summary>
public sealed class CommentSubmission(
    CommentTable comments,
    FloodTable flood,
    ModerationQueueClient queue,
    FormTokens tokens,
    TimeProvider clock
)
{
    private static readonly IReadOnlyDictionary<string, TextReference> Closed = Problem("form", "wrong.closed");
    private static readonly IReadOnlyDictionary<string, TextReference> TooSoon = Problem("form", "wrong.too-soon");
    private static readonly IReadOnlyDictionary<string, TextReference> NoSuchComment = Problem(
        "answers",
        "wrong.answers"
    );

    /// <summary>Takes a comment in. Saying the same twice is one comment; it is announced again, in case the first time failed half way.</summary>
    /// <param name="post">The post, as it is now.</param>
    /// <param name="submitted">What was typed.</param>
    /// <param name="address">From where it comes; null when nobody knows.</param>
    /// <param name="cancellationToken">The writer has gone.</param>
    public async Task<SubmissionResult> SubmitAsync(
        Post post,
        CommentForm submitted,
        string? address,
        CancellationToken cancellationToken
    )
    {
        if (!post.TakesComments)
        {
            return new SubmissionResult(null, SubmissionError.Closed, Closed);
        }

        if (!submitted.TryAccept(out var accepted, out var problems))
        {
            return new SubmissionResult(null, SubmissionError.Wrong, problems);
        }

        var answered = await FindAnsweredAsync(post.Id, accepted, cancellationToken);
        if (answered is null && accepted.Answers.Length > 0)
        {
            return new SubmissionResult(null, SubmissionError.Wrong, NoSuchComment);
        }

        var comment = await MakeAsync(post.Id, accepted, answered?.Key.Comment, cancellationToken);
        if (
            await comments.FindPatientlyAsync(comment.Key, cancellationToken) is null
            && await flood.PassAsync(address, comment.Key.Comment, cancellationToken) is var wait
            && wait > TimeSpan.Zero
        )
        {
            return new SubmissionResult(null, SubmissionError.TooSoon, TooSoon, wait);
        }

        var kept = await comments.KeepAsync(comment, cancellationToken);
        await queue.SendAsync(kept.Key, cancellationToken);
        return new SubmissionResult(kept, SubmissionError.None, new Dictionary<string, TextReference>());
    }

    private async Task<Comment?> FindAnsweredAsync(
        PostId post,
        CommentForm submitted,
        CancellationToken cancellationToken
    ) =>
        int.TryParse(submitted.Answers, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? await comments.FindShownAsync(post, number, cancellationToken)
            : null;

    private static Dictionary<string, TextReference> Problem(string field, string key) =>
        new() { [field] = new TextReference(key) };

    private async Task<Comment> MakeAsync(
        PostId post,
        CommentForm submitted,
        CommentId? answers,
        CancellationToken cancellationToken
    )
    {
        var key = await comments.IdKeyAsync(cancellationToken);
        return new Comment
        {
            Key = new CommentKey(
                post,
                CommentId.Create(key, post, submitted.Email, submitted.Name, submitted.Text, answers)
            ),
            Author = submitted.Name,
            Email = submitted.Email,
            Website = submitted.Website.Length > 0 ? submitted.Website : null,
            Text = submitted.Text,
            Answers = answers,
            WritingSeconds = tokens.AgeOf(submitted.Token, post),
            IsTrapped = submitted.Trap.Length > 0,
            Created = clock.GetUtcNow(),
        };
    }
}
