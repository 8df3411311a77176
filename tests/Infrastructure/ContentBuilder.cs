using System.Text;
using System.Text.RegularExpressions;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// Object mother: writes posts and comments into a test blog's storage through the blog's own stores.
/// </summary>
public static partial class ContentBuilder
{
    /// <summary>
    /// The action of the comment form in a post page's HTML, such as <c>/posts/{id}/comments</c>; empty without a form.
    /// </summary>
    public static string CommentFormPath(string page) => CommentForm().Match(page).Groups["path"].Value;

    /// <summary>Adds published posts that appear in lists only: no file is uploaded and no page is rendered.</summary>
    /// <param name="blog">The blog.</param>
    /// <param name="count">The number of posts.</param>
    /// <param name="date">The date of each, by its number from 1; null for one date.</param>
    /// <param name="name">The beginning of their names, before the number.</param>
    public static Task AddPostsAsync(
        TestBlog blog,
        int count,
        Func<int, DateTimeOffset>? date = null,
        string name = "filler"
    ) =>
        Parallel.ForEachAsync(
            Enumerable.Range(1, count),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (number, stop) =>
            {
                var post = BuildPost($"{name}-{number}");
                post = post with { Date = date?.Invoke(number) ?? post.Date };
                await blog.Get<PostTable>().SaveAsync(read: null, post, stop);
            }
        );

    /// <summary>Adds a published post with its text and its address, without an upload.</summary>
    public static async Task AddPostWithTextAsync(TestBlog blog, Post post, string text)
    {
        var stop = CancellationToken.None;
        var bytes = Encoding.UTF8.GetBytes($"---\ntitle: {post.Metadata.Title}\n---\n{text}\n");
        await blog.Get<AcceptedFiles>().SaveAsync(post.Id, bytes, stop);
        post = post with { ContentHash = AcceptedFiles.Hash(bytes) };
        await blog.Get<PostTable>().SaveAsync(read: null, post, stop);
        await blog.Get<AddressTable>()
            .ReconcileAsync(
                post.Path,
                _ => Task.FromResult<Address?>(new Address(AddressKind.Post, post.Id, Revision.None.Text, post.Path)),
                stop
            );
    }

    /// <summary>Adds approved comments to a post, created one second apart.</summary>
    public static async Task AddCommentsAsync(TestBlog blog, PostId post, int count)
    {
        for (var number = 1; number <= count; number++)
        {
            var stop = CancellationToken.None;
            var table = blog.Get<CommentTable>();
            var kept = await table.AddAsync(
                BuildComment(await table.GetIdKeyAsync(stop), post, $"Comment *number* {number}.", number),
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
            await table.RemoveMarkerAsync(kept.Key, stop);
        }
    }

    /// <summary>Submits a comment through the form and waits until the rules have decided on it.</summary>
    public static async Task<Comment> SubmitCommentAsync(
        TestBlog blog,
        PostId post,
        string text,
        string name = "Grace",
        string email = "grace@example.com",
        int? replyTo = null
    )
    {
        using var sent = await blog.CommentAsync(post, text, name, email, replyTo: replyTo);
        Assert.True(
            blog.Get<SignedLinks>()
                .TryRead(sent.Headers.Location!.OriginalString.Split("receipt=")[1].Split('#')[0], out _, out var key)
        );
        var decided = await TestBlog.WaitUntilAsync(
            () => blog.Get<CommentTable>().FindAsync(key, CancellationToken.None),
            comment => comment!.Value.State != CommentState.Waiting,
            "a decision on the comment"
        );
        return decided!.Value;
    }

    /// <summary>Builds a published post with the address /posts/{slug}. Nothing is stored.</summary>
    public static Post BuildPost(string slug) =>
        new()
        {
            Id = PostId.FromBlobName($"{slug}.md"),
            Source = $"{slug}.md",
            SourceVersion = "\"1\"",
            ContentHash = "none",
            State = PostState.Published,
            Metadata = new PostMetadata
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

    /// <summary>Builds a comment that waits for the rules. Nothing is stored.</summary>
    public static Comment BuildComment(byte[] key, PostId post, string text, int second = 0) =>
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
