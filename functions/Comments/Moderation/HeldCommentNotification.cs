using ServerlessBlog.Notifications;
using ServerlessBlog.Posts;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>
/// Builds the mail that notifies the authors of a held comment: its text without live links, the reasons, and a
/// signed link to the page of all actions.
/// </summary>
public sealed class HeldCommentNotification(BlogSettings settings, SignedLinks links)
{
    /// <summary>Creates the notification of a held comment. The same arguments give the same notification.</summary>
    /// <param name="comment">The comment.</param>
    /// <param name="post">Its post.</param>
    /// <param name="texts">The texts of the blog.</param>
    public Notification Create(Comment comment, Post post, SiteTexts texts) =>
        new(
            IdOf(comment.Key, comment.Decisions),
            texts.Format("mail.held-subject", ("blog", settings.Title), ("post", post.Metadata.Title)),
            Text(comment, post, texts),
            settings.Authors,
            comment.Created
        );

    /// <summary>
    /// Returns the id of the notification of a decision to hold a comment: one notification for each decision.
    /// </summary>
    public static string IdOf(CommentKey comment, int decision) =>
        decision > 1 ? string.Create(CultureInfo.InvariantCulture, $"held-{comment}-{decision}") : $"held-{comment}";

    private string Text(Comment comment, Post post, SiteTexts texts)
    {
        var quoted = string.Join('\n', PlainText.Defang(comment.Text).Split('\n').Select(line => "> " + line));
        var writer = texts.Format(
            "mail.wrote",
            ("author", PlainText.Defang(comment.Author)),
            ("email", PlainText.Defang(comment.Email)),
            ("time", texts.Moment(settings.ToLocalTime(comment.Created)))
        );
        var website = comment.Website is null
            ? ""
            : texts.Format("mail.website", ("website", PlainText.Defang(comment.Website))) + "\n";
        var until = texts.Day(settings.ToLocalTime(comment.Created + SignedLinks.Lifetime));
        return $"""
            {texts.Format("mail.held", ("post", post.Metadata.Title))}
            {settings.BaseUrl}{post.Path}

            {writer}
            {website}
            {quoted}

            {texts["mail.why"]}
            {string.Join('\n', comment.Reasons.Select(reason => "- " + PlainText.Defang(reason)))}

            {texts["mail.decide"]}
            {settings.BaseUrl}{AdminPaths.Review(links.Sign(LinkAction.Review, comment))}

            {texts.Format("mail.until", ("date", until))}

            """.ReplaceLineEndings("\n");
    }
}
