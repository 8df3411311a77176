using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Web;

/// <summary>Extensions with which the tests publish posts and read pages.</summary>
internal static class PageAssertions
{
    /// <summary>Uploads a post whose title is its name, and asserts that it is published.</summary>
    /// <param name="blog">The blog.</param>
    /// <param name="name">The file name without .md.</param>
    /// <param name="frontMatter">The front matter apart from the title.</param>
    /// <param name="body">The Markdown of the post.</param>
    public static async Task WriteAsync(this TestBlog blog, string name, string frontMatter, string body = "Some text.")
    {
        var report = await blog.UploadAsync($"{name}.md", $"---\ntitle: {name}\n{frontMatter}\n---\n{body}\n");
        Assert.True(report.Outcome == UploadOutcome.Published, report.ToText());
    }

    /// <summary>Raises the site's revision, as a change of the theme does.</summary>
    public static Task RaiseSiteAsync(this TestBlog blog) => blog.Get<SiteTable>().RaiseAsync(CancellationToken.None);

    /// <summary>Sends a request without a body. The caller disposes of the response.</summary>
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

    /// <summary>The status code of a GET request.</summary>
    public static async Task<int> StatusAsync(this TestBlog blog, string path)
    {
        using var response = await blog.GetAsync(path);
        return (int)response.StatusCode;
    }

    /// <summary>The page at a path, parsed as HTML.</summary>
    public static async Task<IHtmlDocument> OpenAsync(this TestBlog blog, string path) =>
        new HtmlParser().ParseDocument(await blog.ReadAsync(path));

    /// <summary>The text of each element that a selector finds, with white space collapsed.</summary>
    public static IEnumerable<string> Words(this IParentNode page, string selector) =>
        page.QuerySelectorAll(selector)
            .Select(element =>
                string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            );

    /// <summary>
    /// The href attribute, as written, of each element that a selector finds; null for an element without one.
    /// </summary>
    public static IEnumerable<string?> Links(this IParentNode page, string selector) =>
        page.QuerySelectorAll(selector).Select(element => element.GetAttribute("href"));

    /// <summary>The titles of the posts in a list, in order.</summary>
    public static IEnumerable<string> Titles(this IParentNode page) => page.Words("article.summary h2");
}
