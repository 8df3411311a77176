using System.Text.RegularExpressions;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>Object mother: puts many posts and comments into a blog's storage, through its own stores.</summary>
public static partial class ContentBuilder
{
    /// <summary>Where the comment form on a post's page leads.</summary>
    public static string CommentFormOf(string page) => CommentForm().Match(page).Groups["path"].Value;

    /// <summary>Adds public posts that only lists know of.</summary>
    public static Task AddPostsAsync(TestBlog blog, int count) =>
        Parallel.ForEachAsync(
            Enumerable.Range(1, count),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (number, stop) => await blog.Get<PostTable>().SaveAsync(read: null, PostOf($"filler-{number}"), stop)
        );

    /// <summary>Adds approved comments to a post, a second apart.</summary>
    public static async Task AddCommentsAsync(TestBlog blog, PostId post, int count)
    {
        for (var number = 1; number <= count; number++)
        {
            var stop = CancellationToken.None;
            var table = blog.Get<CommentTable>();
            var kept = await table.KeepAsync(
                CommentOf(await table.IdKeyAsync(stop), post, $"Comment *number* {number}.", number),
                stop
            );
            var read = (await table.FindAsync(kept.Key, stop))!;
            var entry = new AuditEntry(
                kept.Created,
                "rules",
                CommentState.Waiting,
                CommentState.Approved,
                ["No rule objects."]
            );
            await table.DecideAsync(read, kept with { State = CommentState.Approved, Decisions = 1 }, entry, stop);
            await table.SettleAsync(kept.Key, stop);
        }
    }

    /// <summary>Sends a comment by the form. Answers it once it is judged.</summary>
    public static async Task<Comment> SayAsync(
        TestBlog blog,
        PostId post,
        string text,
        string name = "Grace",
        string email = "grace@example.com"
    )
    {
        using var sent = await blog.CommentAsync(post, text, name, email);
        Assert.True(
            blog.Get<SignedLinks>()
                .TryRead(sent.Headers.Location!.OriginalString.Split("receipt=")[1].Split('#')[0], out _, out var key)
        );
        var judged = await TestBlog.UntilAsync(
            () => blog.Get<CommentTable>().FindAsync(key, CancellationToken.None),
            comment => comment!.Value.State != CommentState.Waiting,
            "judged"
        );
        return judged!.Value;
    }

    /// <summary>A public post.</summary>
    public static Post PostOf(string slug) =>
        new()
        {
            Id = PostId.OfFile($"{slug}.md"),
            Source = $"{slug}.md",
            SourceVersion = "\"1\"",
            ContentHash = "none",
            State = PostState.Published,
            Head = new PostMetadata
            {
                Title = $"Title of {slug}",
                Slug = new Slug(slug),
                Tags = ["filler"],
            },
            Digest = new PostDigest("What it is about.", 1),
            Date = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Updated = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Path = SitePath.Parse($"/posts/{slug}"),
        };

    /// <summary>A comment that waits.</summary>
    public static Comment CommentOf(byte[] key, PostId post, string text, int second = 0) =>
        new()
        {
            Key = new CommentKey(post, CommentId.Create(key, post, "grace@example.com", "Grace", text)),
            Author = "Grace",
            Email = "grace@example.com",
            Text = text,
            Created = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero).AddSeconds(second),
        };

    [GeneratedRegex("action=\"(?<path>/posts/[^\"]+)\"")]
    private static partial Regex CommentForm();
}
