using System.Net;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Letters.Mailings;

/// <summary>Writes the letters of a mailing. The same arguments give the same letter.</summary>
public sealed class PostLetterWriter(BlogSettings settings, LetterLinks links)
{
    /// <summary>
    /// The maximum length of a post in a letter, as HTML in characters: 80,000. Gmail cuts mails off at 102 KB; of a
    /// longer post the letter has the summary.
    /// </summary>
    private const int MaxHtml = 80_000;

    /// <summary>The maximum length of a post's plain text in a letter, in characters.</summary>
    private const int MaxText = Notification.MaxTextLength - 2_000;

    /// <summary>The posts of a mailing that a recipient is to get; none when it is not for them.</summary>
    public static IReadOnlyList<ListedPost> PostsFor(Recipient recipient, Mailing mailing, MailingContent content) =>
        recipient is { Confirmed: not null, Posts: { } wish }
        && wish.Since <= mailing.Created
        && wish.IsWeekly == content.IsWeekly
            ? [.. content.Posts.Where(post => wish.Wants(post.Tags))]
            : [];

    /// <summary>Writes the letter for a recipient.</summary>
    public Notification Write(Recipient recipient, Mailing mailing, MailingContent content, SiteTexts texts)
    {
        var posts = PostsFor(recipient, mailing, content);
        var page = links.AddressOf(recipient, LetterScope.NewPosts, mailing.Created);
        var footer = $"{texts.Format("letter.why-posts", ("blog", settings.Title))}\n{page}\n";
        var (subject, text, html) = content.IsWeekly ? Week(posts, texts) : Single(posts[0], content, texts);
        return new Notification(
            $"{mailing.Key}-{recipient.Id}",
            subject,
            $"{text}\n\n{footer}",
            [new Person("", recipient.Mail)],
            mailing.Created
        )
        {
            Html = MailHtml.Wrap($"{html}<hr>\n{MailHtml.ToBlocks(footer, settings.BaseUrl)}"),
            Unsubscribe = page,
        };
    }

    private (string Subject, string Text, string Html) Single(ListedPost post, MailingContent content, SiteTexts texts)
    {
        var address = settings.BaseUrl + post.Path.Link;
        var (text, html) = (content.Text ?? "", content.Html ?? "");
        var isLong = text.Length > MaxText || html.Length > MaxHtml;
        var read = $"{texts["letter.read-post"]}\n{address}";
        var body = isLong ? post.Summary ?? "" : text.Replace("\n", "\n\n", StringComparison.Ordinal);
        return (
            post.Title,
            $"{post.Title}\n\n{body[..Math.Min(body.Length, MaxText)]}\n\n{read}",
            $"<h1 style=\"font-size:24px\"><a href=\"{Encode(address)}\">{Encode(post.Title)}</a></h1>\n"
                + (isLong ? MailHtml.ToBlocks(post.Summary ?? "", settings.BaseUrl) : html)
                + MailHtml.ToBlocks(read, settings.BaseUrl)
        );
    }

    private (string Subject, string Text, string Html) Week(IReadOnlyList<ListedPost> posts, SiteTexts texts)
    {
        var blocks = new List<string>();
        foreach (var post in posts)
        {
            var summary = post.Summary?.Replace("\n", " ", StringComparison.Ordinal);
            var block = $"{post.Title}\n{summary}\n{settings.BaseUrl}{post.Path.Link}";
            if (blocks.Sum(other => other.Length + 2) + block.Length > MaxText)
            {
                blocks.Add($"{texts["letter.week-more"]}\n{settings.BaseUrl}/archive");
                break;
            }

            blocks.Add(block);
        }

        var text = string.Join("\n\n", blocks);
        return (
            texts.Format("letter.week-subject", ("blog", settings.Title)),
            text,
            MailHtml.ToBlocks(text, settings.BaseUrl)
        );
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
