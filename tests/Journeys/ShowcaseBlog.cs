using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Hosting.Failures;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>
/// The collection of the tests that visit every kind of page: they share one blog and do not run in parallel.
/// </summary>
[CollectionDefinition(nameof(ShowcaseBlog))]
public sealed class SharedShowcaseBlog : ICollectionFixture<ShowcaseBlog>;

/// <summary>A blog with the sample posts and the additional content that makes every kind of page available.</summary>
public sealed class ShowcaseBlog : IAsyncLifetime
{
    /// <summary>
    /// The path of a sample post with a header picture, code, a series, a table of contents and, here, a conversation
    /// of two pages.
    /// </summary>
    public const string FullPost = "/posts/why-pages-are-static-but-comments-are-not";

    private const string WideIdentifier = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    private const string OldPost = $$"""
        ---
        title: On Donaudampfschifffahrtsgesellschaftskapitänsmützen, and other words too long for a phone
        date: 2019-03-04
        author: Grace
        image: /media/card-index.png
        outdated: 2020-01-01
        comments: false
        tags: [words]
        translationKey: words
        ---
        `a_name_in_the_text_that_has_no_place_to_break_and_goes_on_for_longer_than_most_screens_are_wide`

        ![A row of index cards](/media/card-index.png)

        <math display="block" tabindex="0"><mi>a</mi><mo>=</mo><mi>{{WideIdentifier}}</mi></math>

        | A table | of many | columns | that | cannot | be | narrower | than | theirlongestwords |
        |---------|---------|---------|------|--------|----|----------|------|-------------------|
        | 1       | 2       | 3       | 4    | 5      | 6  | 7        | 8    | 9                 |
        """;

    private const string SiteProfile = """
        tagline: A blog with every kind of page
        logo: /media/icon.png
        icon: /media/icon.png
        social:
          - name: Mastodon
            url: https://social.example/@ada
        footer:
          - name: About
            url: /about
        """;

    /// <summary>The blog that all tests of the collection share.</summary>
    public TestBlog Blog { get; private set; } = null!;

    /// <summary>All kinds of pages of the blog, each once.</summary>
    public IReadOnlyList<PageKind> Pages { get; private set; } = [];

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Blog = await TestBlog.StartAsync(new() { ["Blog:Comments:PageSize"] = "5" });
        var fullPost = PostId.FromBlobName($"{Path.GetFileName(FullPost)}.md");
        await SamplePosts.UploadAsync(Blog.Get<BlogStorage>(), CancellationToken.None);
        await Blog.UploadAsync("icon.png", TestPictures.Encode(600, 600, SkiaSharp.SKEncodedImageFormat.Png));
        await Blog.UploadAsync("theme/site.yml", System.Text.Encoding.UTF8.GetBytes(SiteProfile));
        await ContentBuilder.AddPostsAsync(Blog, PostLists.PageSize);
        await ContentBuilder.AddCommentsAsync(Blog, fullPost, count: 8);
        await Blog.UploadAsync("old.md", OldPost);
        await Blog.UploadAsync(
            "alt.md",
            "---\ntitle: Lange Wörter\ndate: 2019-03-05\nlang: de\ntranslationKey: words\n---\nAuf Deutsch.\n"
        );
        await Blog.PublishAsync("gone");
        await Blog.DeleteAsync("gone.md");
        var thread = await Blog.PublishAsync("thread", "A thread");
        await AddThreadAsync(thread);
        var (receipt, review) = await SubmitHeldAsync(
            fullPost,
            "See https://a.example/ and https://b.example/, **both** of them."
        );
        var (_, decided) = await SubmitHeldAsync(fullPost, "Or https://c.example/ and https://d.example/, of course.");
        using var approved = await Blog.Http.PostAsync(decided, null);
        Assert.True(Blog.Get<SignedLinks>().TryRead(decided.Split('/')[^1], out _, out var decidedKey));
        await AddFailuresAsync();
        var (moderator, links) = (await AdminDriver.SignInAsync(Blog), Blog.Get<SignInLinkSigner>());
        var signIn = new Uri(
            links.AddressOf(links.CreateLink(Blog.Get<Moderators>().FindByEmail("ada@blog.test")!))
        ).AbsolutePath;

        Pages =
        [
            new("home", "/"),
            new("home-page-2", "/page/2"),
            new("all-posts", "/posts"),
            new("author", "/authors/grace"),
            new("tags", "/tags"),
            new("tag", "/tags/blog"),
            new("archive", "/archive"),
            new("year", "/archive/2026"),
            new("month", "/archive/2026/09"),
            new("static-page", "/about"),
            new("post", "/posts/welcome"),
            new("post-with-everything", "/posts/every-markdown-feature"),
            new("post-from-right-to-left", "/posts/right-to-left"),
            new("post-out-of-date", "/posts/old"),
            new("post-translated", "/posts/alt"),
            new("conversation", FullPost),
            new("conversation-page-2", $"{FullPost}/comments/2"),
            new("conversation-newest", $"{FullPost}/comments/newest"),
            new("reply", "/posts/thread?reply=1"),
            new("thread", "/posts/thread"),
            new("preview", "/posts/thread", Previews: thread),
            new("own-comment", OwnCommentPath(receipt)),
            new("own-comment-saved", $"{OwnCommentPath(receipt)}?done=saved"),
            new("own-comment-erase", $"{OwnCommentPath(receipt)}?ask=erase"),
            new("receipt", receipt),
            new("receipt-shown", await SubmitShownAsync()),
            new("refused-comment", FullPost, Refuses: fullPost),
            new("review", review),
            new("review-done", decided),
            new("sign-in", "/moderate"),
            new("sign-in-link", signIn),
            new("admin", "/moderate", Moderator: moderator),
            new("admin-rules", "/moderate/rules/edit", Moderator: moderator),
            new("admin-site", "/moderate/site/edit", Moderator: moderator),
            new("admin-theme", "/moderate/theme/theme.css", Moderator: moderator),
            new("admin-theme-previewed", "/moderate/theme/theme.css", Moderator: moderator, Presses: "Preview"),
            new("admin-theme-site", "/moderate/theme/site.yml", Moderator: moderator),
            new("admin-none", "/moderate/comments/trash", Moderator: moderator),
            new("admin-comment", $"/moderate/comment/{decidedKey}", Moderator: moderator),
            new("admin-posts", "/moderate/posts/all", Moderator: moderator),
            new("admin-posts-refused", "/moderate/posts/all?state=refused", Moderator: moderator),
            new(
                "admin-post-details",
                $"/moderate/post/{PostId.FromBlobName("old.md")}?version=1",
                Moderator: moderator
            ),
            new("admin-new-post", "/moderate/posts/edit", Moderator: moderator),
            new("admin-post", "/moderate/posts/edit?name=old.md", Moderator: moderator),
            new("admin-post-previewed", "/moderate/posts/edit?name=old.md", Moderator: moderator, Presses: "Preview"),
            new("admin-post-refused", "/moderate/posts/edit?name=broken.md", Moderator: moderator),
            new("admin-post-not-saved", "/moderate/posts/edit?name=broken.md", Moderator: moderator, Presses: "Save"),
            new("admin-failures", "/moderate/failures/all", Moderator: moderator),
            new("admin-sessions", "/moderate/sessions/all", Moderator: moderator),
            new("missing", "/no/such/page"),
            new("gone", "/posts/gone"),
        ];
    }

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Blog.DisposeAsync();

    /// <summary>
    /// Runs a check on each page and returns the problems found, one per line, each after the page's name; an empty
    /// string without problems.
    /// </summary>
    public Task<string> ProblemsAsync(Func<PageKind, Task<IEnumerable<string>>> check) => ProblemsAsync(Pages, check);

    /// <summary>
    /// As <see cref="ProblemsAsync(Func{PageKind, Task{IEnumerable{string}}})"/>, for some of the pages.
    /// </summary>
    public static async Task<string> ProblemsAsync(
        IEnumerable<PageKind> pages,
        Func<PageKind, Task<IEnumerable<string>>> check
    )
    {
        var problems = new List<string>();
        foreach (var page in pages)
        {
            problems.AddRange((await check(page)).Select(problem => $"{page}: {problem}"));
        }

        return string.Join('\n', problems);
    }

    /// <summary>
    /// Adds a chain of replies deeper than the number of levels, of which one is hidden, and a second thread.
    /// </summary>
    private async Task AddThreadAsync(PostId post)
    {
        var (table, moderation, stop) = (
            Blog.Get<CommentTable>(),
            Blog.Get<CommentModeration>(),
            CancellationToken.None
        );
        var key = await table.GetIdKeyAsync(stop);
        string[] texts =
        [
            "Begins the thread.",
            "Answers it.",
            "Is taken away.",
            "Has code:\n\n```csharp\nvar sum = numbers.Where(number => number > 1).Sum(); "
                + "// long enough to reach the edge of a phone\n```",
            "Is on the last level, with x^2^ and H~2~O.",
            "Answers the one above, and Donaudampfschifffahrtsgesellschaftskapitänsmützen too.",
            "Goes on.",
        ];
        CommentId? parent = null;
        foreach (var (second, text) in texts.Index())
        {
            var comment = ContentBuilder.BuildComment(key, post, text, second) with
            {
                ReplyTo = parent,
                Author = second % 2 == 0 ? "Grace" : "Ada",
                IsByAuthor = second == 1,
                Website = second == 1 ? "https://ada.example/" : null,
            };
            parent = (await table.AddAsync(comment, stop)).Key.Comment;
            await moderation.DecideAsync(comment.Key, CommentState.Approved, "by a test", stop);
        }

        await moderation.DecideAsync(
            ContentBuilder.BuildComment(key, post, texts[2]).Key,
            CommentState.Spam,
            "by a test",
            stop
        );
        await ContentBuilder.AddCommentsAsync(Blog, post, count: 1);
    }

    /// <summary>Makes an upload be refused and a message fail too often.</summary>
    private async Task AddFailuresAsync()
    {
        await Blog.UploadAsync("broken.md", "---\ntitle: [Not closed\n---\nWords.\n");
        await Blog.Get<BlogStorage>()
            .Queue(StorageNames.UploadQueue)
            .SendMessageAsync($"no event, but {new string('x', 500)}");
        await TestBlog.WaitUntilAsync(
            () => Blog.Get<PoisonQueues>().ListAsync(CancellationToken.None),
            found => found is [{ History.Count: 5 }],
            "a poison message"
        );
    }

    /// <summary>Submits a comment that is approved, and returns the address of its receipt.</summary>
    private async Task<string> SubmitShownAsync()
    {
        var shown = await ContentBuilder.SubmitCommentAsync(Blog, await Blog.PublishAsync("talk"), "On the page.");
        return $"/posts/talk?receipt={Blog.Get<SignedLinks>().Sign(LinkAction.Receipt, shown)}#receipt";
    }

    private static string TokenIn(string receipt) =>
        receipt[(receipt.IndexOf('=', StringComparison.Ordinal) + 1)..receipt.IndexOf('#', StringComparison.Ordinal)];

    private static string OwnCommentPath(string receipt) => $"/comment/{TokenIn(receipt)}";

    /// <summary>
    /// Submits a comment that is held, and returns the addresses of its receipt and of its approve link.
    /// </summary>
    private async Task<(string Receipt, string Review)> SubmitHeldAsync(PostId post, string text)
    {
        using var sent = await Blog.CommentAsync(post, text);
        var receipt = sent.Headers.Location!.ToString();
        var (links, comments) = (Blog.Get<SignedLinks>(), Blog.Get<CommentTable>());
        Assert.True(links.TryRead(TokenIn(receipt), out _, out var key));
        var held = await TestBlog.WaitUntilAsync(
            () => comments.FindAsync(key, CancellationToken.None),
            found => found?.Value.State == CommentState.Held,
            "the comment is held"
        );
        return (receipt, $"/moderate/{links.Sign(LinkAction.Approve, held!.Value)}");
    }
}
