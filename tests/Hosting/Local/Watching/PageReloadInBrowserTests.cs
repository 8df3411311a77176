using System.Net;
using Microsoft.Playwright;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Local.Watching;

/// <summary>Open pages under <c>serve --watch</c>.</summary>
[Trait("Category", "Slow")]
public sealed class PageReloadInBrowserTests
{
    private const string ScrollTo = "document.documentElement.style.scrollBehavior = 'auto'; scrollTo(0, 700)";

    private static readonly LocalHostOptions Reloading = new()
    {
        ReloadsPages = true,
        RetryDelay = TimeSpan.FromMilliseconds(200),
    };

    private static readonly string Paragraphs = string.Concat(Enumerable.Repeat("A line.\n\n", 200));

    [Fact]
    public async Task A_page_reloads_when_it_has_changed_keeps_its_place_and_no_other_page_does()
    {
        await using var blog = await TestBlog.StartAsync(options: Reloading);
        await blog.PublishAsync("one", body: $"Before.\n\n{Paragraphs}");
        await blog.PublishAsync("two", body: Paragraphs);
        await using var browser = await Browser.NewContextAsync(new() { BaseURL = blog.Address.ToString() });
        var (one, two) = (await OpenAsync(browser, "/posts/one"), await OpenAsync(browser, "/posts/two"));
        await one.EvaluateAsync(ScrollTo);
        await MarkAsync(two);

        await blog.UploadAsync("one.md", $"---\ntitle: A post\ndate: 2026-01-02\n---\nAfter.\n\n{Paragraphs}");

        await one.GetByText("After.").WaitForAsync();
        await one.WaitForFunctionAsync("scrollY === 700");
        await LookAsync(two, times: 8); // more often than a page is compared after a change
        Assert.True(await IsMarkedAsync(two));
    }

    [Fact]
    public async Task A_missing_page_shows_the_post_once_it_is_there_and_a_comment_appears()
    {
        await using var blog = await TestBlog.StartAsync(options: Reloading);
        await using var browser = await Browser.NewContextAsync(new() { BaseURL = blog.Address.ToString() });
        var page = await OpenAsync(browser, "/posts/new");

        var post = await blog.PublishAsync("new", "It is there");
        await page.GetByRole(AriaRole.Heading, new() { Name = "It is there", Level = 1 }).WaitForAsync();
        await blog.CommentAsync(post, "A word from a reader.");

        await page.GetByText("A word from a reader.").WaitForAsync();
    }

    [Fact]
    public async Task A_page_with_something_typed_stays()
    {
        await using var blog = await TestBlog.StartAsync(options: Reloading);
        await blog.PublishAsync("typed", body: "Before.");
        await using var browser = await Browser.NewContextAsync(new() { BaseURL = blog.Address.ToString() });
        var page = await OpenAsync(browser, "/posts/typed");
        await page.Locator("textarea").First.FillAsync("A half comment");
        await MarkAsync(page);

        await blog.UploadAsync("typed.md", "---\ntitle: A post\ndate: 2026-01-02\n---\nAfter.\n");
        await LookAsync(page, times: 4);

        Assert.True(await IsMarkedAsync(page));
        Assert.Equal("A half comment", await page.Locator("textarea").First.InputValueAsync());
    }

    [Fact]
    public async Task Only_readers_pages_of_a_watching_blog_have_the_script()
    {
        await using var watching = await TestBlog.StartAsync(options: Reloading);
        await using var blog = await TestBlog.StartAsync();

        Assert.Contains("/runtime/reload.js", await ReadPageAsync(watching, "/"), StringComparison.Ordinal);
        Assert.DoesNotContain("reload.js", await ReadPageAsync(watching, "/moderate"), StringComparison.Ordinal);
        Assert.DoesNotContain("reload.js", await ReadPageAsync(watching, "/feed.xml"), StringComparison.Ordinal);
        Assert.DoesNotContain("reload.js", await ReadPageAsync(blog, "/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await blog.Http.GetAsync("/runtime/reload.js")).StatusCode);
    }

    private static async Task<IPage> OpenAsync(IBrowserContext browser, string path)
    {
        var page = await browser.NewPageAsync();
        page.Console += (_, message) => Assert.False(message.Text.Contains("Content Security Policy"), message.Text);
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>Waits until the page's script has asked so many times whether anything has changed.</summary>
    private static async Task LookAsync(IPage page, int times)
    {
        for (var time = 0; time < times; time++)
        {
            await page.WaitForResponseAsync("**/runtime/changes");
        }
    }

    private static Task MarkAsync(IPage page) => page.EvaluateAsync("document.body.dataset.isSame = 'yes'");

    private static Task<bool> IsMarkedAsync(IPage page) =>
        page.EvaluateAsync<bool>("document.body.dataset.isSame === 'yes'");

    private static async Task<string> ReadPageAsync(TestBlog blog, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        using var response = await blog.Http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }
}
