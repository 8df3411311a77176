using System.Net;
using AngleSharp.Html.Parser;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Letters;

/// <summary>
/// A blog that sends mail through a real SMTP server, with writers whose addresses no other test uses.
/// </summary>
internal sealed class LetterFixture : IAsyncDisposable
{
    private readonly string _unique = Guid.NewGuid().ToString("N");

    private LetterFixture(TestBlog blog, MailServer mails, PostId post) => (Blog, Mails, Post) = (blog, mails, post);

    public TestBlog Blog { get; }

    public MailServer Mails { get; }

    /// <summary>The post /posts/talk.</summary>
    public PostId Post { get; }

    /// <summary>Starts the blog with one post.</summary>
    public static async Task<LetterFixture> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var mails = await MailServer.SharedAsync();
        var blog = await TestBlog.StartAsync(new(settings ?? []) { ["Blog:Smtp"] = mails.SmtpAddress });
        return new LetterFixture(blog, mails, await blog.PublishAsync("talk", "A talk"));
    }

    /// <summary>The address of a writer.</summary>
    public string MailOf(string name) => $"{name.ToUpperInvariant()}-{_unique}@example.com".ToLowerInvariant();

    /// <summary>Publishes a post with more fields in its front matter.</summary>
    public async Task<PostId> PublishAsync(string slug, string fields, string text = "Text.")
    {
        var report = await Blog.UploadAsync($"{slug}.md", $"---\ntitle: Title of {slug}\n{fields}\n---\n{text}\n");
        Assert.Equal(UploadOutcome.Published, report.Outcome);
        return PostId.FromBlobName($"{slug}.md");
    }

    /// <summary>Writes a comment and waits until the rules have judged it.</summary>
    public async Task<Comment> WriteAsync(string name, string text, Comment? parent = null, bool wantsReplies = false)
    {
        using var response = await Blog.CommentAsync(
            Post,
            text,
            name,
            MailOf(name),
            replyTo: parent?.Number,
            wantsReplies: wantsReplies
        );
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        var table = Blog.Get<CommentTable>();
        var parentId = parent?.Key.Comment;
        var idKey = await table.GetIdKeyAsync(CancellationToken.None);
        var key = new CommentKey(Post, CommentId.Create(idKey, Post, MailOf(name), name, text, parentId));
        return (
            await TestBlog.WaitUntilAsync(
                () => table.FindAsync(key, CancellationToken.None),
                found => found is { Value.State: not CommentState.Waiting },
                "the comment is judged"
            )
        )!.Value;
    }

    /// <summary>Writes a comment with the checkbox for replies, and confirms the address.</summary>
    public async Task<Comment> WriteAndConfirmAsync(string name, string text, Comment? parent = null)
    {
        var comment = await WriteAsync(name, text, parent, wantsReplies: true);
        await SubmitAsync(LinkIn(await WaitForAsync(name, "Confirm: ")), ("act", "confirm"));
        return comment;
    }

    /// <summary>Waits for a mail to a writer whose subject has these words.</summary>
    public Task<ReceivedMail> WaitForAsync(string name, string subject) =>
        Mails.WaitForAsync(mail =>
            mail.To.Contains(MailOf(name)) && mail.Subject.Contains(subject, StringComparison.Ordinal)
        );

    /// <summary>The mails that a writer has got.</summary>
    public async Task<IReadOnlyList<ReceivedMail>> MailsToAsync(string name) =>
        [.. (await Mails.MailsAsync()).Where(mail => mail.To.Contains(MailOf(name)))];

    /// <summary>The path of the page that a letter leads to.</summary>
    public static string LinkIn(ReceivedMail letter) =>
        new Uri(letter.Header("List-Unsubscribe")!.Trim('<', '>')).AbsolutePath;

    /// <summary>Posts a form to a page and returns the text of the page that follows.</summary>
    public async Task<string> SubmitAsync(string path, params (string Name, string Value)[] fields)
    {
        using var response = await Blog.Http.PostAsync(
            path,
            new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)))
        );
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        return await ReadTextAsync(response.Headers.Location!.OriginalString);
    }

    /// <summary>Does what a mail program does when its button to unsubscribe is pressed (RFC 8058).</summary>
    public async Task UnsubscribeAsync(ReceivedMail letter)
    {
        using var response = await Blog.Http.PostAsync(
            LinkIn(letter),
            new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")])
        );
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    /// <summary>The text of a page's main part.</summary>
    public async Task<string> ReadTextAsync(string path)
    {
        using var page = new HtmlParser().ParseDocument(await Blog.ReadAsync(path));
        return page.QuerySelector("main")!.TextContent;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Blog.DisposeAsync();
}
