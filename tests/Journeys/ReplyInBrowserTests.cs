using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Comments;
using ServerlessBlog.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>Replying, previews and the thread on a phone.</summary>
[Trait("Category", "Slow")]
public sealed partial class ReplyInBrowserTests(OpenBlog open) : IClassFixture<OpenBlog>
{
    private const int Phone = 390;

    /// <summary>
    /// Links, buttons and boxes of the conversation and of the tags that are smaller than 24 × 24 px (WCAG 2.5.8). A
    /// box counts with its label; links within text are exempt.
    /// </summary>
    private const string SmallTargets = """
        () => [...document.querySelectorAll('#comments :is(a, button, input:not([type=hidden])), .tags a')]
          .filter(target => target.checkVisibility() && !target.closest('.prose, p.hint'))
          .map(target => ({ target, box: target.getBoundingClientRect() }))
          .filter(({ box }) => Math.min(box.width, box.height) < 24)
          .map(({ target, box }) => `${target.outerHTML.slice(0, 100)} is ${box.width} x ${box.height} px`)
        """;

    private readonly TestBlog _blog = open.Blog;

    [Fact]
    public async Task With_scripts_the_form_moves_below_the_comment_and_back()
    {
        await AddThreadAsync("in-place", count: 6);
        await using var context = await Browser.NewContextAsync(new() { BaseURL = _blog.Address.ToString() });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/posts/in-place");
        await page.GetByLabel("Name").FillAsync("Grace");

        await page.GetByRole(AriaRole.Link, new() { Name = "Reply to comment 2" }).ClickAsync();

        var text = page.GetByLabel("Comment", new() { Exact = true });
        await Expect(text).ToBeFocusedAsync();
        await Expect(text).ToBeInViewportAsync();
        await Expect(text).ToHaveAccessibleDescriptionAsync(ReplyingToTwo());
        await Expect(page.Locator("#comment-2 + form #your-name")).ToHaveValueAsync("Grace");
        await Expect(page.Locator(".replying blockquote")).ToHaveTextAsync("Comment 2, bold and more.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel the reply" }).ClickAsync();
        await Expect(page.Locator("#comments > form .replying")).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Reply to comment 2" })).ToBeFocusedAsync();
        Assert.Equal("", await page.Locator("[name=answers]").InputValueAsync());

        await page.GetByRole(AriaRole.Link, new() { Name = "Reply to comment 3" }).ClickAsync();
        await page.GetByLabel("E-mail").FillAsync("grace@example.com");
        await text.FillAsync("A reply.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send comment" }).ClickAsync();

        await Expect(page.Locator("#comment-3 + .comment-list .prose").Last).ToHaveTextAsync("A reply.");
    }

    [Fact]
    public async Task Without_scripts_a_link_opens_the_page_with_the_form_that_replies()
    {
        await AddThreadAsync("by-link", count: 6);
        await using var context = await Browser.NewContextAsync(
            new() { BaseURL = _blog.Address.ToString(), JavaScriptEnabled = false }
        );
        var page = await context.NewPageAsync();
        await page.GotoAsync("/posts/by-link");

        await page.GetByRole(AriaRole.Link, new() { Name = "Reply to comment 2" }).ClickAsync();

        Assert.EndsWith("/posts/by-link?reply=2#leave-a-comment", page.Url, StringComparison.Ordinal);
        await Expect(page.Locator("#leave-a-comment")).ToBeInViewportAsync();
        await Expect(page.Locator(".replying")).ToContainTextAsync("Replying to Writer 2");
        await page.GetByLabel("Name").FillAsync("Grace");
        await page.GetByLabel("E-mail").FillAsync("grace@example.com");
        await page.GetByLabel("Comment", new() { Exact = true }).FillAsync("A reply.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(page.Locator(".replying blockquote")).ToHaveTextAsync("Comment 2, bold and more.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send comment" }).ClickAsync();
        await Expect(page.Locator("#comment-2 + .comment-list .prose").Last).ToHaveTextAsync("A reply.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_first_line_of_a_tall_preview_is_seen(bool hasScript)
    {
        var slug = $"tall-{hasScript}".ToLowerInvariant();
        await _blog.PublishAsync(slug, body: string.Join("\n\n", Enumerable.Repeat("A paragraph.", 60)));
        await using var context = await NewPhoneAsync(hasScript);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/posts/{slug}");
        await page.GetByLabel("Comment", new() { Exact = true })
            .FillAsync(string.Join("\n\n", Enumerable.Repeat("Another paragraph.", 60)));

        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();

        await Expect(page.GetByText("Preview. Not sent yet.")).ToBeInViewportAsync();
        await Expect(page.Locator(".preview[role=status] > p:focus")).ToHaveTextAsync("Preview. Not sent yet.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?reply=2")]
    [InlineData("/comments/newest")]
    public async Task On_a_phone_a_head_has_two_lines_at_most_and_every_target_is_24_pixels(string page)
    {
        var slug = $"phone-{Guid.NewGuid():N}";
        await AddThreadAsync(slug, count: 14);
        await using var context = await NewPhoneAsync(hasScript: true);
        var phone = await context.NewPageAsync();
        await phone.GotoAsync($"/posts/{slug}{page}");

        var small = await phone.EvaluateAsync<string[]>(SmallTargets);
        Assert.True(small.Length == 0, string.Join('\n', small));
        Assert.All(
            await phone.EvaluateAsync<double[]>(
                "() => [...document.querySelectorAll('.comment > header')].map(head => head.offsetHeight)"
            ),
            height => Assert.InRange(height, 24, 64)
        );
    }

    private Task<IBrowserContext> NewPhoneAsync(bool hasScript) =>
        Browser.NewContextAsync(
            new()
            {
                BaseURL = _blog.Address.ToString(),
                JavaScriptEnabled = hasScript,
                ViewportSize = new() { Width = Phone, Height = 844 },
            }
        );

    /// <summary>Publishes a post with approved comments, of which every second one is a reply.</summary>
    private async Task AddThreadAsync(string slug, int count)
    {
        var report = await _blog.UploadAsync(
            $"{slug}.md",
            $"---\ntitle: {slug}\ndate: 2026-01-02\ntags: [a]\n---\nText.\n"
        );
        Assert.Equal(UploadOutcome.Published, report.Outcome);
        var post = PostId.FromBlobName($"{slug}.md");
        var (table, stop) = (_blog.Get<CommentTable>(), CancellationToken.None);
        var key = await table.GetIdKeyAsync(stop);
        CommentId? parent = null;
        for (var number = 1; number <= count; number++)
        {
            var comment = ContentBuilder.BuildComment(key, post, $"Comment {number}, **bold** and\nmore.", number) with
            {
                Author = $"Writer {number}",
                Website = number % 3 == 0 ? "https://writer.example/" : null,
                ReplyTo = number % 2 == 0 ? parent : null,
            };
            parent = (await table.AddAsync(comment, stop)).Key.Comment;
            await _blog.Get<CommentModeration>().DecideAsync(comment.Key, CommentState.Approved, "by a test", stop);
        }

        _blog.ExpireHotPages();
    }

    [GeneratedRegex("Replying to Writer 2$")]
    private static partial Regex ReplyingToTwo();
}
