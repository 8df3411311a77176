using System.Text;
using System.Xml.Linq;
using AngleSharp.Dom;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Infrastructure;
using SkiaSharp;

namespace ServerlessBlog.Tests.Web;

/// <summary>What <c>theme/site.yml</c> changes on pages, in the feed and in the stylesheet.</summary>
public sealed class SiteProfileOnPagesTests
{
    [Fact]
    public async Task Tagline_and_description_are_on_pages_without_their_own_and_in_the_feed()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.WriteAsync("own", "date: 2026-01-02\nsummary: Its own.");
        var before = await blog.OpenAsync("/archive");

        await PutAsync(blog, "tagline: Notes on <clouds>\ndescription: All I saw & heard.\n");

        var home = await blog.OpenAsync("/");
        Assert.Null(DescriptionOf(before));
        Assert.Equal(["Notes on <clouds>"], home.Words("header hgroup > h1 + .tagline"));
        Assert.Equal("All I saw & heard.", DescriptionOf(home));
        Assert.Equal("All I saw & heard.", DescriptionOf(home, "property='og:description'"));
        Assert.Equal("All I saw & heard.", DescriptionOf(await blog.OpenAsync("/archive")));
        Assert.Equal("Its own.", DescriptionOf(await blog.OpenAsync("/posts/own")));
        Assert.Empty((await blog.OpenAsync("/archive")).QuerySelectorAll(".tagline"));
        Assert.Null(DescriptionOf(await blog.OpenAsync("/moderate")));
        Assert.Equal("All I saw &amp; heard.", await ChannelAsync(blog, "description"));
    }

    [Fact]
    public async Task The_tagline_describes_a_blog_without_description()
    {
        await using var blog = await TestBlog.StartAsync();
        Assert.Equal("Test blog", await ChannelAsync(blog, "description"));

        await PutAsync(blog, "tagline: Notes\n");

        Assert.Equal("Notes", DescriptionOf(await blog.OpenAsync("/tags")));
        Assert.Equal("Notes", await ChannelAsync(blog, "description"));
    }

    [Fact]
    public async Task Links_are_in_the_footer_and_those_to_profiles_have_rel_me()
    {
        await using var blog = await TestBlog.StartAsync();
        await PutAsync(
            blog,
            """
            social:
              - name: Mastodon
                url: https://social.example/@ann?a&b
            footer:
              - name: <Imprint>
                url: /imprint
            """
        );

        var page = await blog.OpenAsync("/tags");

        var profile = Assert.Single(page.QuerySelectorAll("footer nav[aria-label='Elsewhere'] a"));
        Assert.Equal("https://social.example/@ann?a&b", profile.GetAttribute("href"));
        Assert.Equal("me noopener", profile.GetAttribute("rel"));
        Assert.Equal(["<Imprint>"], page.Words("footer nav[aria-label='About this blog'] a[href='/imprint']"));
    }

    [Theory]
    [InlineData("logo: /media/logo.png", "", "Test blog")]
    [InlineData("logo: {picture: /media/logo.png, alone: true}", "Test blog", "")]
    public async Task The_logo_is_beside_the_title_or_in_its_place(string yaml, string alternative, string words)
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.UploadAsync("logo.png", TestPictures.Encode(120, 60, SKEncodedImageFormat.Png));
        await PutAsync(blog, yaml);

        var page = await blog.OpenAsync("/tags");

        var logo = Assert.Single(page.QuerySelectorAll(".blog-title a[href='/'] img.logo"));
        Assert.Equal(alternative, logo.GetAttribute("alt"));
        Assert.Equal(("120", "60"), (logo.GetAttribute("width"), logo.GetAttribute("height")));
        Assert.StartsWith("/media/logo.png?v=", logo.GetAttribute("src"), StringComparison.Ordinal);
        Assert.Equal([words], page.Words(".blog-title"));
        Assert.Empty((await blog.OpenAsync("/moderate")).QuerySelectorAll("img.logo"));
    }

    [Fact]
    public async Task The_language_is_that_of_texts_json_or_else_of_site_yml()
    {
        await using var blog = await TestBlog.StartAsync();
        await PutAsync(blog, "language: he\n");

        var page = await blog.OpenAsync("/");
        Assert.Equal(("he", "rtl"), LanguageOf(page));
        Assert.Equal("he", await ChannelAsync(blog, "language"));

        await blog.UploadAsync("theme/texts.json", "{\"layout.top\": \"Up\"}"u8.ToArray());
        Assert.Equal(("he", "rtl"), LanguageOf(await blog.OpenAsync("/")));

        await blog.UploadAsync("theme/texts.json", "{\"language\": \"de\"}"u8.ToArray());
        Assert.Equal(("de", null), LanguageOf(await blog.OpenAsync("/")));
        Assert.Equal(("de", null), LanguageOf(await blog.OpenAsync("/moderate")));
    }

    [Fact]
    public async Task The_accent_is_in_the_stylesheet_of_readers_before_the_theme_and_not_in_that_of_the_admin_area()
    {
        await using var blog = await TestBlog.StartAsync();
        var plain = await blog.ReadAsync("/style.css");
        await PutAsync(blog, "accent:\n  light: \"#00607a\"\n  dark: hsl(190 70% 70%)\n");
        await blog.UploadAsync("theme/theme.css", ".mine { color: teal }"u8.ToArray());

        Assert.Equal(
            plain + ":root { --accent-light: #00607a; --accent-dark: hsl(190 70% 70%); }\n.mine { color: teal }",
            await blog.ReadAsync(StyleOf(await blog.OpenAsync("/")))
        );

        var admin = StyleOf(await blog.OpenAsync("/moderate"));
        using var response = await blog.GetAsync(admin);
        Assert.Equal(plain, await response.Content.ReadAsStringAsync());
        Assert.Equal(["public, max-age=31536000, immutable"], response.Headers.GetValues("Cache-Control"));
    }

    [Fact]
    public async Task A_broken_value_leaves_its_default_and_the_report_says_which()
    {
        await using var blog = await TestBlog.StartAsync();

        var report = await PutAsync(blog, "tagline: Notes\nlanguage: German!\nlogos: /media/a.png\n");
        var page = await blog.OpenAsync("/");
        var refused = await PutAsync(blog, "tagline: \"Notes\nlist: whole\n");

        Assert.Equal(["Notes"], page.Words(".tagline"));
        Assert.Equal(("en", null), LanguageOf(page));
        Assert.Equal(
            [
                "http://blog.test/media/theme/site.yml",
                "line 2, column 11: in 'language': write a language tag such as en, de or pt-BR.",
                "line 3: the field 'logos' is kept, and not used: did you mean 'logo'?",
            ],
            report.Lines
        );
        Assert.StartsWith("line 1, column 10: this is not YAML", refused.Lines.Single(), StringComparison.Ordinal);
        Assert.Empty((await blog.OpenAsync("/")).QuerySelectorAll(".tagline"));
    }

    [Fact]
    public async Task Pictures_that_do_not_exist_are_named_in_the_report()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.UploadAsync("icon.png", TestPictures.Encode(8, 8, SKEncodedImageFormat.Png));

        var missing = await PutAsync(blog, "logo: /media/lgoo.svg\nicon: /media/icno.png\n");
        var found = await PutAsync(blog, "logo: https://example.com/logo.svg\nicon: /media/icon.png\n");

        Assert.Equal(
            [
                "'logo' has no effect yet: there is no file /media/lgoo.svg. Upload it, or correct the name.",
                "'icon' has no effect yet: there is no file /media/icno.png. Upload it, or correct the name.",
            ],
            missing.Lines.Skip(1)
        );
        Assert.Single(found.Lines);
    }

    [Theory]
    [InlineData(
        "theme.css",
        "this file has no effect: a theme file is theme/theme.css. Upload the folder 'theme' that "
    )]
    [InlineData(
        "my/theme/site.yml",
        "this file has no effect: a theme file is theme/site.yml. Upload the folder 'theme'"
    )]
    [InlineData("theme/site.yaml", "this file has no effect on pages: did you mean theme/site.yml?")]
    [InlineData("theme/themes.css", "this file has no effect on pages: did you mean theme/theme.css?")]
    [InlineData("theme/font.woff2", null)]
    [InlineData("style.css", null)]
    public async Task A_theme_file_in_another_place_is_reported_as_without_effect(string name, string? note)
    {
        await using var blog = await TestBlog.StartAsync();

        var report = await blog.UploadAsync(name, "a { }"u8.ToArray());

        Assert.Equal(note is null ? 1 : 2, report.Lines.Count);
        Assert.StartsWith(note ?? "http", report.Lines[^1], StringComparison.Ordinal);
    }

    private static Task<ServerlessBlog.Posts.Publishing.UploadReport> PutAsync(TestBlog blog, string yaml) =>
        blog.UploadAsync("theme/site.yml", Encoding.UTF8.GetBytes(yaml), StorageNames.Media);

    private static string? DescriptionOf(IParentNode page, string name = "name='description'") =>
        page.QuerySelector($"head meta[{name}]")?.GetAttribute("content");

    private static (string?, string?) LanguageOf(IDocument page) =>
        (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("dir"));

    private static string StyleOf(IParentNode page) => page.Links("head link[rel=stylesheet]").Single()!;

    private static async Task<string> ChannelAsync(TestBlog blog, string element) =>
        XDocument.Parse(await blog.ReadAsync("/feed.xml")).Root!.Element("channel")!.Element(element)!.Value;
}
