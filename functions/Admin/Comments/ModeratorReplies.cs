using System.Diagnostics.CodeAnalysis;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Admin.Comments;

/// <summary>What moderators write: answers to comments, and corrections of them.</summary>
public sealed class ModeratorReplies(CommentTable comments, CommentModeration moderation, TimeProvider clock)
{
    private const string Changed =
        "Nothing was done: somebody has decided about the comment meanwhile, or its writer has changed it. Look at it again; what you wrote is below.";

    /// <summary>Answers a comment, and approves it if everybody is not to see it yet. The same answer sent twice is one.</summary>
    /// <param name="version">The comment, as the moderator saw it.</param>
    /// <param name="text">The answer, Markdown.</param>
    /// <param name="who">Whose answer it is.</param>
    /// <param name="cancellationToken">The moderator has gone; what was kept is shown later.</param>
    public async Task<ReplyResult> AnswerAsync(
        CommentVersion version,
        string text,
        Person who,
        CancellationToken cancellationToken
    )
    {
        if (!TryAccept(text, who, out var accepted, out var problem))
        {
            return new ReplyResult(null, problem);
        }

        var answer = await MakeAsync(version.Comment, accepted, cancellationToken);
        if (
            await comments.FindPatientlyAsync(answer.Key, cancellationToken) is null
            && !await ApproveAsync(version, who, cancellationToken)
        )
        {
            return new ReplyResult(null, Changed);
        }

        await comments.KeepAsync(answer, cancellationToken);
        await moderation.JudgeAsync(answer.Key, cancellationToken);
        return new ReplyResult(answer.Key, null);
    }

    /// <summary>Corrects the text of a comment, whatever its state.</summary>
    /// <param name="version">The comment, as the moderator saw it.</param>
    /// <param name="text">What it is to say, Markdown.</param>
    /// <param name="who">Goes into the audit.</param>
    /// <param name="cancellationToken">The moderator has gone.</param>
    public async Task<ReplyResult> CorrectAsync(
        CommentVersion version,
        string text,
        Person who,
        CancellationToken cancellationToken
    )
    {
        if (!TryAccept(text, who, out var accepted, out var problem))
        {
            return new ReplyResult(null, problem);
        }

        var decision = await moderation.CorrectAsync(
            version.Comment,
            accepted.Text,
            BulkModeration.AuditName(who),
            version.Version,
            cancellationToken
        );
        return decision?.Now.Text == accepted.Text
            ? new ReplyResult(version.Comment, null)
            : new ReplyResult(null, Changed);
    }

    /// <summary>Approves what is answered, unless it is already; false when it is no longer what the moderator saw.</summary>
    private async Task<bool> ApproveAsync(CommentVersion version, Person who, CancellationToken cancellationToken) =>
        await moderation.DecideAsync(
            version.Comment,
            CommentState.Approved,
            BulkModeration.AuditName(who),
            cancellationToken,
            version.Version
        )
            is { Now: { State: CommentState.Approved } now } decision
        && (decision.Before is not null || now.Version == version.Version);

    /// <summary>Its id is made of what no form for readers takes as an address: nobody else can be there before.</summary>
    private async Task<Comment> MakeAsync(
        CommentKey answered,
        CommentForm accepted,
        CancellationToken cancellationToken
    )
    {
        var id = CommentId.Create(
            await comments.IdKeyAsync(cancellationToken),
            answered.Post,
            $"desk:{accepted.Email}",
            accepted.Name,
            accepted.Text,
            answered.Comment
        );
        return new Comment
        {
            Key = new CommentKey(answered.Post, id),
            Author = accepted.Name,
            Email = accepted.Email,
            Text = accepted.Text,
            Answers = answered.Comment,
            IsByAuthor = true,
            Created = clock.GetUtcNow(),
        };
    }

    private static bool TryAccept(
        string text,
        Person who,
        [NotNullWhen(true)] out CommentForm? accepted,
        out string? problem
    )
    {
        var isGood = new CommentForm(who.Name, who.Mail, "", text).TryAccept(out accepted, out var problems);
        problem = problems.Values.FirstOrDefault() is { } message ? SiteTexts.BuiltIn.Format(message) : null;
        return isGood;
    }
}
