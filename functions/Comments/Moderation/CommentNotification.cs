using ServerlessBlog.Notifications;
using ServerlessBlog.Posts;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>
/// Builds the mails that notify the authors of comments: the text without live links, the reasons, and a signed link to
/// the page of all actions.
/// </summary>
public sealed class CommentNotification(BlogSettings settings, SignedLinks links)
{
    /// <summary>The maximum length of a comment's text among others, in characters.</summary>
    private const int MaxExcerpt = 300;

    /// <summary>Creates the notification of a comment. The same arguments give the same notification.</summary>
    /// <param name="comment">The comment.</param>
    /// <param name="post">Its post.</param>
    /// <param name="texts">The texts of the blog.</param>
    public Notification Create(Comment comment, Post post, SiteTexts texts) =>
        new(
            IdOf(comment.Key, comment.Decisions),
            texts.Format(
                comment.State == CommentState.Held ? "mail.held-subject" : "mail.new-subject",
                ("blog", settings.Title),
                ("post", post.Metadata.Title)
            ),
            Text(comment, post, texts),
            settings.Authors,
            comment.Created
        );

    /// <summary>Creates the notification of several comments.</summary>
    /// <param name="told">The comments with their posts, the oldest first.</param>
    /// <param name="more">The number of comments beside these.</param>
    /// <param name="now">The current time.</param>
    /// <param name="texts">The texts of the blog.</param>
    public Notification Create(
        IReadOnlyList<(Comment Comment, Post Post)> told,
        int more,
        DateTimeOffset now,
        SiteTexts texts
    )
    {
        var keys = string.Join('\n', told.Select(one => IdOf(one.Comment.Key, one.Comment.Decisions)));
        var rest = more == 0 ? "" : texts.Format("mail.more", "count", more) + "\n\n";
        return new Notification(
            $"comments-{ShortHash.Hash(keys)}",
            texts.Format("mail.comments-subject", ("blog", settings.Title), ("count", Count(told.Count + more))),
            string.Join("\n", told.Select(one => Entry(one.Comment, one.Post, texts)))
                + $"{rest}{texts["mail.all"]}\n{settings.BaseUrl}{AdminPaths.Home}\n",
            settings.Authors,
            now
        )
        {
            About = [.. told.Select(one => one.Comment.Key.Comment.ToString())],
        };
    }

    /// <summary>
    /// Returns the id of the notification of a decision to hold a comment: one notification for each decision.
    /// </summary>
    public static string IdOf(CommentKey comment, int decision) =>
        decision > 1 ? string.Create(CultureInfo.InvariantCulture, $"held-{comment}-{decision}") : $"held-{comment}";

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);

    private string Entry(Comment comment, Post post, SiteTexts texts) =>
        $"""
            {texts.Format(HeadingOf(comment), ("post", post.Metadata.Title))}
            {Writer(comment, texts)}

            {Quote(PlainText.OneLine(PlainText.Defang(comment.Text), MaxExcerpt))}

            {settings.BaseUrl}{AdminPaths.Review(links.Sign(LinkAction.Review, comment))}


            """.ReplaceLineEndings("\n");

    private static string HeadingOf(Comment comment) => comment.State == CommentState.Held ? "mail.held" : "mail.new";

    private static string Quote(string text) => string.Join('\n', text.Split('\n').Select(line => "> " + line));

    private string Writer(Comment comment, SiteTexts texts) =>
        texts.Format(
            "mail.wrote",
            ("author", PlainText.Defang(comment.Author)),
            ("email", PlainText.Defang(comment.Email)),
            ("time", texts.Moment(settings.ToLocalTime(comment.Created)))
        );

    private string Text(Comment comment, Post post, SiteTexts texts)
    {
        var website = comment.Website is null
            ? ""
            : texts.Format("mail.website", ("website", PlainText.Defang(comment.Website))) + "\n";
        var until = texts.Day(settings.ToLocalTime(comment.Created + SignedLinks.Lifetime));
        return $"""
            {texts.Format(HeadingOf(comment), ("post", post.Metadata.Title))}
            {settings.BaseUrl}{post.Path}

            {Writer(comment, texts)}
            {website}
            {Quote(PlainText.Defang(comment.Text))}

            {texts["mail.why"]}
            {string.Join('\n', comment.Reasons.Select(reason => "- " + PlainText.Defang(reason)))}

            {texts["mail.decide"]}
            {settings.BaseUrl}{AdminPaths.Review(links.Sign(LinkAction.Review, comment))}

            {texts.Format("mail.until", ("date", until))}

            """.ReplaceLineEndings("\n");
    }
}
