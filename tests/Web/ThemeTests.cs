using System.Text;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Tests.Web;

/// <summary>The owner's theme, from <c>theme/</c> in the container <c>media</c>.</summary>
public sealed class ThemeTests
{
    private const int MaxBytes = 64 * 1024;

    [Fact]
    public async Task An_uploaded_stylesheet_and_head_are_on_every_page_until_they_are_deleted()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.PublishAsync("any");
        var (plain, style) = (await blog.ReadAsync("/"), await blog.ReadAsync("/style.css"));

        await PutAsync(blog, "theme.css", ".mine { color: teal }");
        await PutAsync(blog, "head.html", "<link rel=\"icon\" href=\"/media/icon.png\">");

        Assert.Equal($"{style}.mine {{ color: teal }}", await blog.ReadAsync("/style.css"));
        foreach (var path in new[] { "/", "/posts/any", "/tags", "/archive", "/no/such/page" })
        {
            var page = await blog.OpenAsync(path);
            Assert.Equal(["/media/icon.png"], page.Links("head link[rel=icon]"));
            Assert.NotEqual(StyleOf(plain), page.Links("head link[rel=stylesheet]").Single());
        }

        await RemoveAsync(blog, "theme.css");
        await RemoveAsync(blog, "head.html");

        Assert.Equal(plain, await blog.ReadUntilAsync("/", page => page == plain));
        Assert.Equal(style, await blog.ReadAsync("/style.css"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\uFEFF.a { }")]
    [InlineData(".é { }")]
    public async Task A_stylesheet_is_used_whole_but_without_a_byte_order_mark(string text)
    {
        await using var blog = await TestBlog.StartAsync();
        var style = await blog.ReadAsync("/style.css");

        await PutAsync(blog, "theme.css", text);
        await PutAsync(blog, "head.html", text);

        Assert.Equal(style + text.TrimStart('\uFEFF'), await blog.ReadAsync("/style.css"));
        Assert.DoesNotContain('\uFEFF', await blog.ReadAsync("/"));
    }

    [Theory]
    [InlineData(MaxBytes, true)]
    [InlineData(MaxBytes + 1, false)]
    public async Task A_file_larger_than_64_KiB_is_not_used(int bytes, bool isUsed)
    {
        await using var blog = await TestBlog.StartAsync();

        await PutAsync(blog, "theme.css", Fill("/* mine */", bytes));
        await PutAsync(blog, "head.html", Fill("<meta name=\"mine\">", bytes));

        Assert.Equal(isUsed, (await blog.ReadAsync("/style.css")).Contains("/* mine */", StringComparison.Ordinal));
        Assert.Equal(isUsed, (await blog.ReadAsync("/")).Contains("<meta name=\"mine\">", StringComparison.Ordinal));

        static string Fill(string text, int bytes) => text + new string(' ', bytes - Encoding.UTF8.GetByteCount(text));
    }

    [Fact]
    public async Task Stylesheet_and_script_are_immutable_under_their_own_hash_and_not_cached_under_another()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.PublishAsync("code", body: "```\nlet x\n```");
        var before = StyleOf(await blog.ReadAsync("/"));
        await PutAsync(blog, "theme.css", ".mine { }");
        var page = await blog.OpenAsync("/posts/code");

        foreach (
            var address in new[]
            {
                page.Links("head link[rel=stylesheet]").Single()!,
                page.QuerySelector("head script[src]")!.GetAttribute("src")!,
            }
        )
        {
            Assert.Equal(CachePolicy.Versioned.CacheControl, await CacheControlAsync(blog, address));
            Assert.Equal(CachePolicy.File.CacheControl, await CacheControlAsync(blog, address.Split('?')[0]));
            Assert.Equal(CachePolicy.Page.CacheControl, await CacheControlAsync(blog, address + "x"));
        }

        Assert.Equal(CachePolicy.Page.CacheControl, await CacheControlAsync(blog, before));
    }

    private static string StyleOf(string page) => page.Split("rel=\"stylesheet\" href=\"")[1].Split('"')[0];

    private static async Task<string> CacheControlAsync(TestBlog blog, string address)
    {
        using var response = await blog.GetAsync(address);
        return response.Headers.GetValues("Cache-Control").Single();
    }

    /// <summary>Uploads a theme file. Completes after the site's revision has been raised.</summary>
    private static Task PutAsync(TestBlog blog, string name, string text) =>
        blog.UploadAsync($"theme/{name}", Encoding.UTF8.GetBytes(text));

    private static Task RemoveAsync(TestBlog blog, string name) =>
        blog.DeleteAsync($"theme/{name}", StorageNames.Media);
}
