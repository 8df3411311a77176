using System.Xml.Linq;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Site;

/// <summary>Posts with the same translation key: links between them, on pages and in the sitemap.</summary>
public sealed class TranslationTests
{
    private static readonly XNamespace Map = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml";

    [Fact]
    public async Task Each_translation_links_to_the_others_until_they_move_or_are_deleted()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.WriteAsync("house", "date: 2026-03-01\ntranslationKey: House");
        var alone = await blog.ReadAsync("/posts/house");
        Assert.DoesNotContain("hreflang", alone, StringComparison.Ordinal);
        Assert.Contains("""<meta property="og:locale" content="en_US">""", alone, StringComparison.Ordinal);

        await blog.WriteAsync("haus", "date: 2026-03-02\ntranslationkey: house\nlang: de");
        await blog.WriteAsync("bayt", "date: 2026-03-03\ntranslationKey: house\nlang: ar");

        var house = await blog.ReadUntilAsync("/posts/house", page =>
            page.Contains("/posts/bayt", StringComparison.Ordinal)
        );
        Assert.Equal(
            [
                ("en", "http://blog.test/posts/house"),
                ("de", "http://blog.test/posts/haus"),
                ("ar", "http://blog.test/posts/bayt"),
                ("x-default", "http://blog.test/posts/house"),
            ],
            await AlternatesAsync(blog, "/posts/house")
        );
        Assert.Equal(await AlternatesAsync(blog, "/posts/house"), await AlternatesAsync(blog, "/posts/haus"));
        Assert.Contains("""<meta property="og:locale:alternate" content="de_DE">""", house, StringComparison.Ordinal);
        var links = (await blog.OpenAsync("/posts/house")).QuerySelectorAll("article .translations a");
        Assert.Equal(
            ["/posts/haus de ltr de Deutsch", "/posts/bayt ar rtl ar العربية"],
            links.Select(link =>
                $"{link.GetAttribute("href")} {link.GetAttribute("lang")} {link.GetAttribute("dir")} "
                + $"{link.GetAttribute("hreflang")} {link.TextContent}"
            )
        );
        Assert.Equal(
            ["en", "de", "ar", "x-default"],
            (await SitemapAsync(blog))["http://blog.test/posts/haus"].Select(link => link.Language)
        );

        await blog.WriteAsync("haus", "date: 2026-03-02\ntranslationKey: house\nlang: de\nslug: heim");
        await blog.ReadUntilAsync("/posts/house", page => page.Contains("/posts/heim", StringComparison.Ordinal));
        await blog.DeleteAsync("haus.md");
        await blog.DeleteAsync("bayt.md");
        await blog.ReadUntilAsync("/posts/house", page => !page.Contains("hreflang", StringComparison.Ordinal));
        Assert.Empty((await SitemapAsync(blog))["http://blog.test/posts/house"]);
    }

    [Fact]
    public async Task Readers_of_any_other_language_get_the_oldest_when_none_is_in_that_of_the_blog()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.WriteAsync("maison", "type: page\ntranslationKey: house\nlang: fr\ndate: 2026-03-02");
        await blog.WriteAsync("casa", "type: page\ntranslationKey: house\nlang: it\ndate: 2026-03-01");

        await blog.ReadUntilAsync("/maison", page => page.Contains("hreflang", StringComparison.Ordinal));

        Assert.Equal(
            [
                ("it", "http://blog.test/casa"),
                ("fr", "http://blog.test/maison"),
                ("x-default", "http://blog.test/casa"),
            ],
            await AlternatesAsync(blog, "/maison")
        );
    }

    [Theory]
    [InlineData("", "lang: EN")]
    [InlineData("lang: pt-BR", "lang: pt-br")]
    public async Task A_second_post_in_the_same_language_gets_a_warning_and_no_links(string first, string second)
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.WriteAsync("one", $"date: 2026-03-01\ntranslationKey: key\n{first}");
        await blog.WriteAsync("deutsch", "date: 2026-03-02\ntranslationKey: key\nlang: de");

        var report = await blog.UploadAsync(
            "two.md",
            $"---\ntitle: Two\ndate: 2026-03-03\ntranslationKey: key\n{second}\n---\nText.\n"
        );

        Assert.Equal(UploadOutcome.Published, report.Outcome);
        Assert.Contains("one.md has the same 'translationKey'", report.ToText(), StringComparison.Ordinal);
        var german = await blog.ReadUntilAsync("/posts/deutsch", page =>
            page.Contains("hreflang", StringComparison.Ordinal)
        );
        Assert.Contains("/posts/one", german, StringComparison.Ordinal);
        Assert.DoesNotContain(await AlternatesAsync(blog, "/posts/deutsch"), link =>
            link.Address.EndsWith("two", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_language_of_the_blog_is_that_of_its_profile()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.UploadAsync("theme/site.yml", "language: de"u8.ToArray());
        await blog.WriteAsync("haus", "date: 2026-03-01\ntranslationKey: house");

        var report = await blog.UploadAsync(
            "heim.md",
            "---\ntitle: Heim\ndate: 2026-03-03\ntranslationKey: house\nlang: de\n---\nText.\n"
        );

        Assert.Contains("haus.md has the same 'translationKey'", report.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_raise_that_failed_after_a_translation_was_stored_is_made_up_for()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.WriteAsync("house", "date: 2026-03-01\ntranslationKey: house");
        await blog.ReadAsync("/posts/house");
        var failures = 0;
        blog.Calls.ShouldFail = call =>
            !call.StartsWith("GET ", StringComparison.Ordinal)
            && call.Contains("PartitionKey='site'", StringComparison.Ordinal)
            && Interlocked.Increment(ref failures) <= 8;

        await blog.WriteAsync("haus", "date: 2026-03-02\ntranslationKey: house\nlang: de");

        Assert.True(failures > 0);
        await blog.ReadUntilAsync("/posts/house", page => page.Contains("/posts/haus", StringComparison.Ordinal));
    }

    private static async Task<List<(string Language, string Address)>> AlternatesAsync(TestBlog blog, string path) =>
        [
            .. (await blog.OpenAsync(path))
                .QuerySelectorAll("head link[rel=alternate][hreflang]")
                .Select(link => (link.GetAttribute("hreflang")!, link.GetAttribute("href")!)),
        ];

    private static async Task<Dictionary<string, List<(string Language, string Address)>>> SitemapAsync(
        TestBlog blog
    ) =>
        XDocument
            .Parse(await blog.ReadAsync("/sitemap.xml"))
            .Root!.Elements(Map + "url")
            .ToDictionary(
                url => url.Element(Map + "loc")!.Value,
                url =>
                    url.Elements(Xhtml + "link")
                        .Select(link => (link.Attribute("hreflang")!.Value, link.Attribute("href")!.Value))
                        .ToList()
            );
}
