using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Letters;
using ServerlessBlog.Letters.Replies;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Theme;
using ServerlessBlog.Site.Posts;
using ServerlessBlog.Web.Caching;

namespace ServerlessBlog.Privacy;

/// <summary>Finds and erases what is kept about a mail address, in every store that has any.</summary>
public sealed class PersonalDataStore(
    CommentRows rows,
    WriterActions actions,
    CommentRemoval removal,
    NotificationTable notifications,
    RecipientTable recipients,
    FollowerTable followers,
    RevisionRaiser revisions,
    PageFiles pages,
    SiteTextsProvider words,
    TimeProvider clock
)
{
    /// <summary>Finds what is kept about an address.</summary>
    public async Task<PersonalData> ReadAsync(string mail, CancellationToken cancellationToken)
    {
        var recipient = (await recipients.FindByMailAsync(mail, cancellationToken))?.Value;
        return new PersonalData(
            mail,
            await rows.ReadByMailAsync(mail, cancellationToken)
                .Select(PersonalComment.From)
                .ToListAsync(cancellationToken),
            recipient is null
                ? null
                : new PersonalSubscription(
                    recipient.Created,
                    recipient.Confirmed,
                    recipient.IsImported,
                    recipient.Posts is not null,
                    recipient.Posts?.Tags ?? []
                ),
            await notifications
                .ReadAboutAsync(mail, [], cancellationToken)
                .Select(notification => new PersonalMail(notification.Subject, notification.Created))
                .ToListAsync(cancellationToken)
        );
    }

    /// <summary>
    /// Erases what is kept about an address. Idempotent: after a crash, the rest is done by another call.
    /// </summary>
    /// <param name="mail">The mail address.</param>
    /// <param name="keepsTexts">
    /// Whether the texts of the comments stay, without the name; else the comments are erased.
    /// </param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task EraseAsync(string mail, bool keepsTexts, CancellationToken cancellationToken)
    {
        var comments = await rows.ReadByMailAsync(mail, cancellationToken).ToListAsync(cancellationToken);
        var ids = comments.Select(comment => comment.Key.Comment.ToString()).ToHashSet();
        await foreach (var notification in notifications.ReadAboutAsync(mail, ids, cancellationToken))
        {
            await notifications.RemoveAsync(notification.Id, cancellationToken);
        }

        if (await recipients.FindByMailAsync(mail, cancellationToken) is { Value: var recipient })
        {
            await followers.DeleteAllAsync(recipient.Id, cancellationToken);
            await recipients.DeleteAsync(recipient, cancellationToken);
        }

        var name = (await words.CurrentAsync(cancellationToken))["privacy.anonymous"];
        foreach (var comment in comments)
        {
            await (
                keepsTexts
                    ? removal.AnonymiseAsync(comment.Key, name, clock.GetUtcNow(), cancellationToken)
                    : actions.EraseAsync(comment.Key, cancellationToken)
            );
        }

        foreach (var post in comments.Select(comment => comment.Key.Post).Distinct())
        {
            await revisions.RaiseAsync(post, cancellationToken);
            await pages.DeleteByPrefixAsync(PostPageRenderer.CachePrefixOf(post), cancellationToken);
        }
    }
}
