using ServerlessBlog.Comments;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Letters.Replies;

/// <summary>Writes letters about replies. The same arguments give the same letter.</summary>
public sealed class ReplyLetterWriter(BlogSettings settings, LetterLinks links, PublicCommentFactory comments)
{
    /// <summary>Writes the letter about a comment, with its text without live links.</summary>
    public Notification WriteReply(Recipient recipient, Comment comment, Post post, LetterScope thread, SiteTexts texts)
    {
        var page = links.AddressOf(recipient, thread, comment.Created);
        var author = PlainText.Defang(comment.Author);
        var quoted = string.Join('\n', PlainText.Defang(comment.Text).Split('\n').Select(line => $"> {line}"));
        var text = $"""
            {texts.Format("letter.reply", ("author", author), ("post", post.Metadata.Title))}

            {quoted}

            {texts["letter.reply-read"]}
            {comments.AddressOf(comment, post.Path)}

            {texts["letter.why-reply"]}
            {page}

            """.ReplaceLineEndings("\n");
        return new Notification(
            $"reply-{comment.Key.Comment}-{recipient.Id}",
            texts.Format("letter.reply-subject", ("author", author), ("post", post.Metadata.Title)),
            text,
            [new Person("", recipient.Mail)],
            comment.Decided ?? comment.Created
        )
        {
            Unsubscribe = page,
            Thread = $"thread-{thread}",
        };
    }

    /// <summary>Writes the letter that asks a writer to confirm that they want letters.</summary>
    public Notification WriteRequest(
        Recipient recipient,
        Comment comment,
        Post post,
        LetterScope thread,
        DateTimeOffset now,
        SiteTexts texts
    )
    {
        var page = links.AddressOf(recipient, thread, now);
        var text = $"""
            {texts.Format("letter.confirm-replies", ("blog", settings.Title), ("post", post.Metadata.Title))}
            {comments.AddressOf(comment, post.Path)}

            {texts["letter.confirm"]}
            {page}

            {texts["letter.confirm-not"]}

            """.ReplaceLineEndings("\n");
        return new Notification(
            string.Create(CultureInfo.InvariantCulture, $"confirm-{recipient.Id}-{recipient.TimesAsked + 1}"),
            texts.Format("letter.confirm-subject", ("blog", settings.Title)),
            text,
            [new Person("", recipient.Mail)],
            now
        )
        {
            Unsubscribe = page,
        };
    }
}
