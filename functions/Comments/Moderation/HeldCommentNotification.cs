using System.Globalization;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>The mail that tells the authors of a comment that waits for them: its text without a live link, the reasons, and one signed link for each act.</summary>
public sealed class HeldCommentNotification(BlogSettings settings, SignedLinks links)
{
    /// <summary>The notice of a comment; the same each time it is made.</summary>
    public Notification Create(Comment comment, Post post) =>
        new(
            IdOf(comment.Key, comment.Decisions),
            $"[{settings.Title}] A comment waits on \"{post.Head.Title}\"",
            Text(comment, post),
            settings.Authors,
            comment.Created
        );

    /// <summary>The id of the notice that tells of a decision to hold a comment: each decision is told once.</summary>
    public static string IdOf(CommentKey comment, int decision) =>
        decision > 1 ? string.Create(CultureInfo.InvariantCulture, $"held-{comment}-{decision}") : $"held-{comment}";

    private string Text(Comment comment, Post post)
    {
        var written = settings
            .Local(comment.Created)
            .ToString("MMMM d, yyyy 'at' h:mm tt", CultureInfo.InvariantCulture);
        var quoted = string.Join('\n', PlainText.Defang(comment.Text).Split('\n').Select(line => "> " + line));
        return $"""
            A comment waits on "{post.Head.Title}":
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

            Each link opens a page that asks before it does anything, and is good until {settings.Local(
                comment.Created + SignedLinks.Lifetime
            ).ToString("MMMM d, yyyy", CultureInfo.InvariantCulture)}.

            """.ReplaceLineEndings("\n");
    }

    private string AddressOf(LinkAction action, Comment comment) =>
        $"{settings.BaseUrl}{AdminPaths.Review(links.Sign(action, comment))}";
}
