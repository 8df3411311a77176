using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Web;

/// <summary>How these tests write posts and read pages.</summary>
internal static class PageAssertions
{
    /// <summary>Publishes a file whose title is its name, with this front matter beside it.</summary>
    public static async Task WriteAsync(this TestBlog blog, string name, string frontMatter, string body = "Some text.")
    {
        var report = await blog.UploadAsync($"{name}.md", $"---\ntitle: {name}\n{frontMatter}\n---\n{body}\n");
        Assert.True(report.Outcome == UploadOutcome.Published, report.ToText());
    }

    /// <summary>Gives the site a fresh revision, as a change of its look does.</summary>
    public static Task RaiseSiteAsync(this TestBlog blog) => blog.Get<SiteTable>().RaiseAsync(CancellationToken.None);

    /// <summary>Asks for a page.</summary>
    public static async Task<HttpResponseMessage> GetAsync(
        this TestBlog blog,
        string path,
        Action<HttpRequestMessage>? arrange = null,
        string method = "GET"
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        arrange?.Invoke(request);
        return await blog.Http.SendAsync(request);
    }

    /// <summary>The status at this path.</summary>
    public static async Task<int> StatusAsync(this TestBlog blog, string path)
    {
        using var answer = await blog.GetAsync(path);
        return (int)answer.StatusCode;
    }

    /// <summary>The page at this path, parsed as a browser does.</summary>
    public static async Task<IHtmlDocument> OpenAsync(this TestBlog blog, string path) =>
        new HtmlParser().ParseDocument(await blog.ReadAsync(path));

    /// <summary>The words of everything that a selector finds, with white space as it is shown.</summary>
    public static IEnumerable<string> Words(this IParentNode page, string selector) =>
        page.QuerySelectorAll(selector)
            .Select(element =>
                string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            );

    /// <summary>Where everything that a selector finds leads, as it is written.</summary>
    public static IEnumerable<string?> Links(this IParentNode page, string selector) =>
        page.QuerySelectorAll(selector).Select(element => element.GetAttribute("href"));

    /// <summary>The titles of the posts in a list.</summary>
    public static IEnumerable<string> Titles(this IParentNode page) => page.Words("article.summary h2");
}
