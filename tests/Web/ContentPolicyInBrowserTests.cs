using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Playwright;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Web;

/// <summary>
/// The effect of the Content-Security-Policy in a browser. All requests to other sites are intercepted.
/// </summary>
[Trait("Category", "Slow")]
public sealed class ContentPolicyInBrowserTests
{
    private const string ForeignScript = "window.ran = [...(window.ran ?? []), 'foreign']";

    [Fact]
    public async Task A_post_shows_frames_of_allowed_sites_and_runs_no_scripts_while_theme_head_html_does()
    {
        await using var blog = await TestBlog.StartAsync(new() { ["Blog:FrameSources"] = "https://allowed.example" });
        await blog.PublishAsync(
            "hostile",
            body: """
            <script>window.ran = [...(window.ran ?? []), 'inline']</script>
            <script src="https://foreign.example/script.js"></script>
            <button id="pressed" onclick="window.ran = [...(window.ran ?? []), 'attribute']">Press</button>
            <img src="https://pictures.example/a.png" alt="" onerror="window.ran = [...(window.ran ?? []), 'error']">
            <iframe src="https://allowed.example/film" title="Allowed"></iframe>
            <iframe src="https://foreign.example/page" title="Foreign"></iframe>
            <object data="https://foreign.example/object"></object>
            <base href="https://foreign.example/">
            <a id="link" href="javascript:window.ran.push('link')">Link</a>

            <p style="color: rgb(1, 2, 3)" id="styled">Styled.</p>
            """
        );
        await PutHeadAsync(
            blog,
            $"""
            <script>
              window.ran = [...(window.ran ?? []), 'head']{"\r"}
            </script>
            <script src="https://known.example/known.js" integrity="{Hash(
                ForeignScript.Replace("foreign", "known", StringComparison.Ordinal)
            )}" crossorigin="anonymous"></script>
            <script src="https://foreign.example/head.js"></script>
            """
        );
        var requested = new ConcurrentBag<string>();
        await using var context = await Browser.NewContextAsync();
        await context.RouteAsync(
            url => !url.StartsWith(blog.Address.ToString(), StringComparison.Ordinal),
            route => RespondAsync(route, requested)
        );
        var page = await context.NewPageAsync();

        await page.GotoAsync(new Uri(blog.Address, "/posts/hostile").ToString());
        await page.Locator("#pressed").ClickAsync();
        await page.Locator("#link").ClickAsync();

        Assert.Equal(["head", "known"], await page.EvaluateAsync<string[]>("window.ran"));
        Assert.Equal(
            "rgb(1, 2, 3)",
            await page.Locator("#styled").EvaluateAsync<string>("element => getComputedStyle(element).color")
        );
        Assert.Equal($"{blog.Address}posts/hostile", page.Url);
        Assert.Equal(
            ["https://allowed.example/film", "https://known.example/known.js", "https://pictures.example/a.png"],
            requested.Order(StringComparer.Ordinal)
        );
    }

    /// <summary>Stands in for every other site.</summary>
    private static Task RespondAsync(IRoute route, ConcurrentBag<string> requested)
    {
        requested.Add(route.Request.Url);
        return route.Request.Url switch
        {
            "https://known.example/known.js" => route.FulfillAsync(
                new()
                {
                    Headers = new Dictionary<string, string>
                    {
                        ["Access-Control-Allow-Origin"] = "*",
                        ["Content-Type"] = "text/javascript",
                    },
                    Body = ForeignScript.Replace("foreign", "known", StringComparison.Ordinal),
                }
            ),
            _ when route.Request.ResourceType == "script" => route.FulfillAsync(
                new() { ContentType = "text/javascript", Body = ForeignScript }
            ),
            _ => route.FulfillAsync(new() { ContentType = "text/html", Body = "A page." }),
        };
    }

    private static string Hash(string script) =>
        $"sha384-{Convert.ToBase64String(SHA384.HashData(Encoding.UTF8.GetBytes(script)))}";

    /// <summary>Uploads theme/head.html. Completes after the site's revision has been raised.</summary>
    private static Task PutHeadAsync(TestBlog blog, string html) =>
        blog.UploadAsync("theme/head.html", Encoding.UTF8.GetBytes(html));
}
