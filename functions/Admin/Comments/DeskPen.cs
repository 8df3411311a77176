using System.Diagnostics.CodeAnalysis;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Admin.Comments;

/// <summary>What moderators write: answers to comments, and corrections of them.</summary>
public sealed class DeskPen(CommentTable comments, CommentModeration moderation, TimeProvider clock)
{
    private const string Changed = "Nothing was done: somebody has decided about the comment meanwhile, or its writer has changed it. Look at it again; what you wrote is below.";

    /// <summary>Answers a comment, and approves it if everybody is not to see it yet. The same answer sent twice is one.</summary>
    /// <param name="item">The comment, as the moderator saw it.</param>
    /// <param name="text">The answer, Markdown.</param>
    /// <param name="who">Whose answer it is.</param>
    /// <param name="cancellationToken">The moderator has gone; what was kept is shown later.</param>
    public async Task<DeskWritten> AnswerAsync(DeskItem item, string text, Person who, CancellationToken cancellationToken)
    {
        if (!TryAccept(text, who, out var accepted, out var problem))
        {
            return new DeskWritten(null, problem);
        }

        var answer = await MakeAsync(item.Comment, accepted, cancellationToken);
        if (await comments.FindPatientlyAsync(answer.Key, cancellationToken) is null && !await ApproveAsync(item, who, cancellationToken))
        {
            return new DeskWritten(null, Changed);
        }

        await comments.KeepAsync(answer, cancellationToken);
        await moderation.JudgeAsync(answer.Key, cancellationToken);
        return new DeskWritten(answer.Key, null);
    }

    /// <summary>Corrects the text of a comment, whatever its state.</summary>
    /// <param name="item">The comment, as the moderator saw it.</param>
    /// <param name="text">What it is to say, Markdown.</param>
    /// <param name="who">Goes into the audit.</param>
    /// <param name="cancellationToken">The moderator has gone.</param>
    public async Task<DeskWritten> CorrectAsync(DeskItem item, string text, Person who, CancellationToken cancellationToken)
    {
        if (!TryAccept(text, who, out var accepted, out var problem))
        {
            return new DeskWritten(null, problem);
        }

        var ruling = await moderation.CorrectAsync(item.Comment, accepted.Text, DeskWork.AtDesk(who), item.Version, cancellationToken);
        return ruling?.Now.Text == accepted.Text ? new DeskWritten(item.Comment, null) : new DeskWritten(null, Changed);
    }

    /// <summary>Approves what is answered, unless it is already; false when it is no longer what the moderator saw.</summary>
    private async Task<bool> ApproveAsync(DeskItem item, Person who, CancellationToken cancellationToken) =>
        await moderation.RuleAsync(item.Comment, CommentState.Approved, DeskWork.AtDesk(who), cancellationToken, item.Version) is { Now: { State: CommentState.Approved } now } ruling
        && (ruling.Before is not null || now.Version == item.Version);

    /// <summary>Its id is made of what no form for readers takes as an address: nobody else can be there before.</summary>
    private async Task<Comment> MakeAsync(CommentKey answered, CommentOffer accepted, CancellationToken cancellationToken)
    {
        var id = CommentId.Of(await comments.IdKeyAsync(cancellationToken), answered.Post, $"desk:{accepted.Email}", accepted.Name, accepted.Text, answered.Comment);
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

    private static bool TryAccept(string text, Person who, [NotNullWhen(true)] out CommentOffer? accepted, out string? problem)
    {
        var isGood = new CommentOffer(who.Name, who.Mail, "", text).TryAccept(out accepted, out var problems);
        problem = problems.Values.FirstOrDefault() is { } wording ? SiteTexts.BuiltIn.Of(wording) : null;
        return isGood;
    }
}
