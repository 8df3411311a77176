using System.Globalization;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Comments;

/// <summary>Takes in what somebody wrote: checked, kept and announced, or refused with what is to be said at each thing that is wrong.</summary>
public sealed class CommentIntake(CommentTable comments, FloodTable flood, ModerationInbox inbox, FormTokens tokens, TimeProvider clock)
{
    private static readonly IReadOnlyDictionary<string, Wording> Closed = Problem("form", "wrong.closed");
    private static readonly IReadOnlyDictionary<string, Wording> TooSoon = Problem("form", "wrong.too-soon");
    private static readonly IReadOnlyDictionary<string, Wording> NoSuchComment = Problem("answers", "wrong.answers");

    /// <summary>Takes a comment in. Saying the same twice is one comment; it is announced again, in case the first time failed half way.</summary>
    /// <param name="post">The post, as it is now.</param>
    /// <param name="offer">What was typed.</param>
    /// <param name="address">From where it comes; null when nobody knows.</param>
    /// <param name="cancellationToken">The writer has gone.</param>
    public async Task<IntakeAnswer> TakeAsync(Post post, CommentOffer offer, string? address, CancellationToken cancellationToken)
    {
        if (!post.TakesComments)
        {
            return new IntakeAnswer(null, IntakeRefusal.Closed, Closed);
        }

        if (!offer.TryAccept(out var accepted, out var problems))
        {
            return new IntakeAnswer(null, IntakeRefusal.Wrong, problems);
        }

        var answered = await FindAnsweredAsync(post.Id, accepted, cancellationToken);
        if (answered is null && accepted.Answers.Length > 0)
        {
            return new IntakeAnswer(null, IntakeRefusal.Wrong, NoSuchComment);
        }

        var comment = await MakeAsync(post.Id, accepted, answered?.Key.Comment, cancellationToken);
        if (await comments.FindPatientlyAsync(comment.Key, cancellationToken) is null
            && await flood.PassAsync(address, comment.Key.Comment, cancellationToken) is var wait && wait > TimeSpan.Zero)
        {
            return new IntakeAnswer(null, IntakeRefusal.TooSoon, TooSoon, wait);
        }

        var kept = await comments.KeepAsync(comment, cancellationToken);
        await inbox.SendAsync(kept.Key, cancellationToken);
        return new IntakeAnswer(kept, IntakeRefusal.None, new Dictionary<string, Wording>());
    }

    private async Task<Comment?> FindAnsweredAsync(PostId post, CommentOffer offer, CancellationToken cancellationToken) =>
        int.TryParse(offer.Answers, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? await comments.FindShownAsync(post, number, cancellationToken) : null;

    private static Dictionary<string, Wording> Problem(string field, string key) => new() { [field] = new Wording(key) };

    private async Task<Comment> MakeAsync(PostId post, CommentOffer offer, CommentId? answers, CancellationToken cancellationToken)
    {
        var key = await comments.IdKeyAsync(cancellationToken);
        return new Comment
        {
            Key = new CommentKey(post, CommentId.Of(key, post, offer.Email, offer.Name, offer.Text, answers)),
            Author = offer.Name,
            Email = offer.Email,
            Website = offer.Website.Length > 0 ? offer.Website : null,
            Text = offer.Text,
            Answers = answers,
            WritingSeconds = tokens.AgeOf(offer.Token, post),
            IsTrapped = offer.Trap.Length > 0,
            Created = clock.GetUtcNow(),
        };
    }
}
