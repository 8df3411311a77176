using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Tests.House;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>The sample posts, which show every Markdown feature, as a reader's browser shows them.</summary>
public sealed class ReaderInBrowserTests
{
    private static readonly string[] Paths =
        ["/", "/posts/welcome", "/posts/every-markdown-feature", "/posts/why-pages-are-static-but-comments-are-not", "/no/such/page"];

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Every_kind_of_page_is_accessible_and_asks_nobody_else_for_anything(ColorScheme scheme, int width)
    {
        await using var blog = await StartWithSamplesAsync();
        await using var window = await Browser.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 844 } });
        var page = await window.NewPageAsync();
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);

        foreach (var path in Paths)
        {
            await page.GotoAsync(new Uri(blog.Address, path).ToString());

            var found = await page.RunAxe();
            Assert.True(found.Violations.Length == 0, $"{path}: {string.Join("; ", found.Violations.Select(Words))}");
            Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        }

        Assert.All(asked, address => Assert.StartsWith(blog.Address.ToString(), address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_post_is_readable_without_scripts_and_styles()
    {
        await using var blog = await StartWithSamplesAsync();
        await using var window = await Browser.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await window.NewPageAsync();
        await page.RouteAsync("**/style.css*", route => route.AbortAsync());

        await page.GotoAsync(new Uri(blog.Address, "/posts/welcome").ToString());

        Assert.Equal("Welcome", await page.Locator("article h1").InnerTextAsync());
        Assert.Equal("Home » Blog » Welcome", (await page.Locator("nav[aria-label=Breadcrumb]").InnerTextAsync()).Replace('\u00a0', ' '));
        Assert.Equal("No comments yet", await page.Locator("#comments > h2").InnerTextAsync());
        Assert.Equal(["Name", "E-mail", "Website (optional)", "Comment"], (await page.Locator("#leave-a-comment label").AllInnerTextsAsync()).Select(label => label.Trim()));
        Assert.True(await page.GetByRole(AriaRole.Button, new() { Name = "Send comment" }).IsVisibleAsync());
    }

    /// <summary>The posts that a new blog begins with, on the page.</summary>
    private static async Task<TestBlog> StartWithSamplesAsync()
    {
        var blog = await TestBlog.StartAsync();
        await Samples.UploadAsync(blog.Get<BlogStorage>(), CancellationToken.None);
        await blog.ReadAsync("/");
        return blog;
    }

    private static string Words(AxeResultItem violation) => $"{violation.Id} ({string.Join(", ", violation.Nodes.Select(node => node.Html))})";
}
