using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>One blog with a moderator at its desk, for all tests of a class: it holds what says so. Each test publishes a post of its own.</summary>
public sealed class AdminBlog : IAsyncLifetime
{
    /// <summary>A comment with this word in it is held.</summary>
    public const string Held = "hold-me";

    /// <summary>The blog.</summary>
    public TestBlog Blog { get; private set; } = null!;

    /// <summary>The moderator.</summary>
    public AdminDriver Moderator { get; private set; } = null!;

    /// <summary>Sends a comment. Answers it once it is judged.</summary>
    public Task<Comment> SayAsync(
        PostId post,
        string text,
        string name = "Grace",
        string email = "grace@example.com"
    ) => ContentBuilder.SayAsync(Blog, post, text, name, email);

    /// <summary>A comment as it is.</summary>
    public async Task<Comment> FindAsync(CommentKey key) =>
        (await Blog.Get<CommentTable>().FindAsync(key, CancellationToken.None))!.Value;

    /// <summary>What was decided about it.</summary>
    public Task<IReadOnlyList<AuditEntry>> HistoryAsync(CommentKey key) =>
        Blog.Get<CommentTable>().AuditAsync(key, CancellationToken.None);

    /// <summary>Sends what the moderator wrote about a comment, as it was seen.</summary>
    public async Task<(HttpResponseMessage Answer, string Page)> WriteAsync(Comment seen, string act, string text)
    {
        var answer = await Moderator.PostAsync(
            $"/moderate/comment/{seen.Key}",
            ("item", new CommentVersion(seen.Key, seen.Version).ToString()),
            ("act", act),
            (act, text)
        );
        return (answer, await answer.Content.ReadAsStringAsync());
    }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Blog = await TestBlog.StartAsync(new() { ["Blog:Comments:ModerationKeys"] = Held });
        Moderator = await AdminDriver.BeginAsync(Blog);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Blog.DisposeAsync();
}
