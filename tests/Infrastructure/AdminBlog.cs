using Microsoft.Playwright;
using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// Class fixture: one blog with a signed-in moderator for all tests of a class. Comments that contain
/// <see cref="HeldWord"/> are held. Each test publishes a post of its own.
/// </summary>
public sealed class AdminBlog : IAsyncLifetime
{
    /// <summary>A word that the rules hold a comment for.</summary>
    public const string HeldWord = "hold-me";

    /// <summary>The blog of all tests of the class.</summary>
    public TestBlog Blog { get; private set; } = null!;

    /// <summary>The signed-in moderator: Ada, the first author.</summary>
    public AdminDriver Moderator { get; private set; } = null!;

    /// <summary>Submits a comment through the form and waits until the rules have decided on it.</summary>
    public Task<Comment> SubmitCommentAsync(
        PostId post,
        string text,
        string name = "Grace",
        string email = "grace@example.com"
    ) => ContentBuilder.SubmitCommentAsync(Blog, post, text, name, email);

    /// <summary>Reads a comment's current row. Fails when there is none.</summary>
    public async Task<Comment> FindAsync(CommentKey key) =>
        (await Blog.Get<CommentTable>().FindAsync(key, CancellationToken.None))!.Value;

    /// <summary>Reads the audit entries of a comment.</summary>
    public Task<IReadOnlyList<AuditEntry>> HistoryAsync(CommentKey key) =>
        Blog.Get<CommentTable>().ReadAuditAsync(key, CancellationToken.None);

    /// <summary>Posts a form of the comment's admin page with a text by the moderator.</summary>
    /// <param name="seen">The comment in the version that the moderator saw.</param>
    /// <param name="act">The action, which is also the name of the text field, such as correct.</param>
    /// <param name="text">The text.</param>
    public async Task<(HttpResponseMessage Response, string Page)> PostActionAsync(
        Comment seen,
        string act,
        string text
    )
    {
        var response = await Moderator.PostAsync(
            $"/moderate/comment/{seen.Key}",
            ("item", new CommentVersion(seen.Key, seen.Version).ToString()),
            ("act", act),
            (act, text)
        );
        return (response, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Creates a browser context in which the moderator is signed in. The test has to close it.</summary>
    public async Task<IBrowserContext> NewContextAsync(int width, bool hasScripts = true)
    {
        var context = await Browser.NewContextAsync(
            new()
            {
                BaseURL = Blog.Address.ToString(),
                JavaScriptEnabled = hasScripts,
                ViewportSize = new() { Width = width, Height = 844 },
            }
        );
        var cookie = Moderator.Cookie.Split('=', 2);
        await context.AddCookiesAsync([
            new()
            {
                Name = cookie[0],
                Value = cookie[1],
                Domain = Blog.Address.Host,
                Path = "/moderate",
                Secure = true,
                HttpOnly = true,
                SameSite = SameSiteAttribute.Strict,
            },
        ]);
        return context;
    }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Blog = await TestBlog.StartAsync(new() { ["Blog:Comments:ModerationKeys"] = HeldWord });
        Moderator = await AdminDriver.SignInAsync(Blog);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Blog.DisposeAsync();
}
