using ServerlessBlog.Notifications;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>
/// Builds the mail that notifies the authors of a held comment: its text without live links, the reasons, and one
/// signed link for each action.
/// </summary>
public sealed class HeldCommentNotification(BlogSettings settings, SignedLinks links)
{
    /// <summary>Creates the notification of a held comment. The same arguments give the same notification.</summary>
    public Notification Create(Comment comment, Post post) =>
        new(
            IdOf(comment.Key, comment.Decisions),
            $"[{settings.Title}] A comment waits on \"{post.Metadata.Title}\"",
            Text(comment, post),
            settings.Authors,
            comment.Created
        );

    /// <summary>
    /// Returns the id of the notification of a decision to hold a comment: one notification for each decision.
    /// </summary>
    public static string IdOf(CommentKey comment, int decision) =>
        decision > 1 ? string.Create(CultureInfo.InvariantCulture, $"held-{comment}-{decision}") : $"held-{comment}";

    private string Text(Comment comment, Post post)
    {
        var written = settings
            .ToLocalTime(comment.Created)
            .ToString("MMMM d, yyyy 'at' h:mm tt", CultureInfo.InvariantCulture);
        var quoted = string.Join('\n', PlainText.Defang(comment.Text).Split('\n').Select(line => "> " + line));
        return $"""
            A comment waits on "{post.Metadata.Title}":
            {settings.BaseUrl}{post.Path}

            {PlainText.Defang(comment.Author)} ({PlainText.Defang(comment.Email)}) wrote on {written}:
            {(comment.Website is null ? "" : $"(website: {PlainText.Defang(comment.Website)})\n")}
            {quoted}

            Why it waits:
            {string.Join('\n', comment.Reasons.Select(reason => "- " + PlainText.Defang(reason)))}

            Approve it:
            {AddressOf(LinkAction.Approve, comment)}

            Mark it as spam:
            {AddressOf(LinkAction.Spam, comment)}

            Each link opens a page that asks before it does anything, and is good until {settings.ToLocalTime(
                comment.Created + SignedLinks.Lifetime
            ).ToString("MMMM d, yyyy", CultureInfo.InvariantCulture)}.

            """.ReplaceLineEndings(
            "\n"
        );
    }

    private string AddressOf(LinkAction action, Comment comment) =>
        $"{settings.BaseUrl}{AdminPaths.Review(links.Sign(action, comment))}";
}
