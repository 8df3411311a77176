using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Comments;

/// <summary>Validates, stores and queues the comments that readers submit. The rules judge them afterwards.</summary>
public sealed class CommentSubmission(
    CommentTable comments,
    FloodTable flood,
    DailyComments daily,
    ModerationQueueClient queue,
    FormTokens tokens,
    TimeProvider clock
)
{
    private static readonly IReadOnlyDictionary<string, TextReference> Closed = Problem("form", "wrong.closed");
    private static readonly IReadOnlyDictionary<string, TextReference> TooSoon = Problem("form", "wrong.too-soon");
    private static readonly IReadOnlyDictionary<string, TextReference> TooMany = Problem("form", "wrong.too-many");
    private static readonly IReadOnlyDictionary<string, TextReference> NoSuchComment = Problem("form", "wrong.reply");

    /// <summary>
    /// Submits a comment. Submitting the same comment twice stores it once; the queue message is sent each time, in
    /// case the first request failed between storing and sending.
    /// </summary>
    /// <param name="post">The post as it is now.</param>
    /// <param name="submitted">The form as submitted.</param>
    /// <param name="address">The client's IP address; null when it is unknown, which turns the flood limit off.</param>
    /// <param name="cancellationToken">Cancelled when the request is aborted; the comment may have been stored.</param>
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

        if (!submitted.TryValidate(out var accepted, out var problems))
        {
            return new SubmissionResult(null, SubmissionError.Wrong, problems);
        }

        var parent = await FindParentAsync(post.Id, accepted, cancellationToken);
        if (parent is null && accepted.ReplyTo.Length > 0)
        {
            return new SubmissionResult(null, SubmissionError.NoSuchComment, NoSuchComment);
        }

        var comment = await CreateAsync(post.Id, accepted, parent?.Key.Comment, cancellationToken);
        if (await FindLimitAsync(comment.Key, address, cancellationToken) is { } limit)
        {
            return limit;
        }

        var stored = await comments.AddAsync(comment, cancellationToken);
        await queue.SendAsync(stored.Key, cancellationToken);
        return new SubmissionResult(stored, SubmissionError.None, new Dictionary<string, TextReference>());
    }

    /// <summary>Finds the approved comment that the form names by its number. Null when there is none.</summary>
    private async Task<Comment?> FindParentAsync(
        PostId post,
        CommentForm submitted,
        CancellationToken cancellationToken
    ) =>
        int.TryParse(submitted.ReplyTo, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? await comments.FindByNumberAsync(post, number, cancellationToken)
            : null;

    /// <summary>
    /// Applies the limits for one address and for the whole blog, unless the comment is stored already. Null when it
    /// may be stored now.
    /// </summary>
    private async Task<SubmissionResult?> FindLimitAsync(
        CommentKey key,
        string? address,
        CancellationToken cancellationToken
    )
    {
        if (await comments.FindPatientlyAsync(key, cancellationToken) is not null)
        {
            return null;
        }

        var wait = await flood.CheckAsync(address, key.Comment, cancellationToken);
        return wait > TimeSpan.Zero ? new SubmissionResult(null, SubmissionError.TooSoon, TooSoon, wait)
            : await daily.TryCountAsync(cancellationToken) ? null
            : new SubmissionResult(null, SubmissionError.TooMany, TooMany, daily.UntilTomorrow);
    }

    private static Dictionary<string, TextReference> Problem(string field, string key) =>
        new() { [field] = new TextReference(key) };

    private async Task<Comment> CreateAsync(
        PostId post,
        CommentForm submitted,
        CommentId? parent,
        CancellationToken cancellationToken
    )
    {
        var key = await comments.GetIdKeyAsync(cancellationToken);
        return new Comment
        {
            Key = new CommentKey(
                post,
                CommentId.Create(key, post, submitted.Email, submitted.Name, submitted.Text, parent)
            ),
            Author = submitted.Name,
            Email = submitted.Email,
            Website = submitted.Website.Length > 0 ? submitted.Website : null,
            Text = submitted.Text,
            ReplyTo = parent,
            WritingSeconds = tokens.AgeOf(submitted.Token, post),
            WantsReplies = submitted.WantsReplies,
            FilledHoneypot = submitted.Honeypot.Length > 0,
            Created = clock.GetUtcNow(),
        };
    }
}

/// <summary>The result of submitting a comment.</summary>
/// <param name="Comment">The comment as stored; null when it was rejected.</param>
/// <param name="Error">The reason of the rejection.</param>
/// <param name="Problems">
/// One message for each problem, by the name of the form's field, or "form" when it is about the whole form; empty when
/// the comment was accepted.
/// </param>
/// <param name="Wait">
/// The time to wait before submitting again; zero when the rejection does not depend on time.
/// </param>
public sealed record SubmissionResult(
    Comment? Comment,
    SubmissionError Error,
    IReadOnlyDictionary<string, TextReference> Problems,
    TimeSpan Wait = default
);

/// <summary>The reason why a submitted comment was rejected.</summary>
public enum SubmissionError
{
    /// <summary>The comment was accepted.</summary>
    None,

    /// <summary>The post accepts no comments.</summary>
    Closed,

    /// <summary>A field is invalid.</summary>
    Wrong,

    /// <summary>The comment that it replies to is not on the page, or no longer.</summary>
    NoSuchComment,

    /// <summary>Another comment came from the same IP address within the flood limit.</summary>
    TooSoon,

    /// <summary>The blog has taken as many comments today as it may.</summary>
    TooMany,
}
