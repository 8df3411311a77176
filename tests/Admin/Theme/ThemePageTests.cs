using System.Net;
using System.Text;
using AngleSharp.Html.Parser;
using ServerlessBlog.Media;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Admin.Theme;

/// <summary>The page Theme: theme files as text, the stylesheet with a preview.</summary>
[Trait("Category", "Slow")]
public sealed class ThemePageTests : IAsyncLifetime
{
    private TestBlog _blog = null!;
    private AdminDriver _moderator = null!;

    public async Task InitializeAsync()
    {
        _blog = await TestBlog.StartAsync();
        _moderator = await AdminDriver.SignInAsync(_blog);
    }

    public Task DisposeAsync() => _blog.DisposeAsync().AsTask();

    [Fact]
    public async Task A_preview_shows_the_home_page_and_the_newest_post_with_a_style_that_is_not_saved()
    {
        await _blog.PublishAsync("shown", "Shown in the preview");
        await _blog.UploadAsync("theme/theme.css", "h1 { color: saved }"u8.ToArray());
        const string Css = "h1::after { content: \"</style><script>alert(1)</script>\" } @import url(x.css);";

        var page = await _moderator.SubmitAsync(AdminPaths.Theme, ("act", "preview"), ("text", Css));

        using var document = new HtmlParser().ParseDocument(page);
        Assert.Contains("@import has no effect", page, StringComparison.Ordinal);
        Assert.Contains("Preview. Not saved yet.", page, StringComparison.Ordinal);
        var frames = document.QuerySelectorAll("iframe");
        Assert.All(frames, frame => Assert.Equal("allow-same-origin", frame.GetAttribute("sandbox")));
        var shown = frames.Select(frame => new HtmlParser().ParseDocument(frame.GetAttribute("srcdoc")!)).ToList();
        Assert.Equal(2, shown.Count);
        Assert.All(shown, frame =>
        {
            Assert.Contains("Shown in the preview", frame.Body!.TextContent, StringComparison.Ordinal);
            Assert.Contains(
                "h1::after { content: \"<\\/style><script>alert(1)<\\/script>\" }",
                frame.QuerySelector("head > style")!.TextContent,
                StringComparison.Ordinal
            );
            Assert.Contains(
                "theme=none",
                frame.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain(frame.QuerySelectorAll("script"), script => script.TextContent == "alert(1)");
        });
        Assert.Equal("h1 { color: saved }", await FileAsync(ThemeFiles.StyleFile));
    }

    [Fact]
    public async Task A_saved_style_is_in_the_stylesheet_of_pages()
    {
        var page = await _moderator.SubmitAsync(
            AdminPaths.Theme,
            ("act", "save"),
            ("version", ""),
            ("text", "h1 { letter-spacing: 0.01em }\r\n")
        );

        Assert.Contains("Saved, and in use.", page, StringComparison.Ordinal);
        Assert.Equal("h1 { letter-spacing: 0.01em }\n", await FileAsync(ThemeFiles.StyleFile));
        await _blog.ReadUntilAsync("/style.css", style =>
            style.Contains("h1 { letter-spacing: 0.01em }", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Whoever_saves_second_sees_the_first_text_and_loses_none()
    {
        await _blog.UploadAsync("theme/theme.css", "a { color: red }"u8.ToArray());
        var version = (await _blog.Get<ThemeFiles>().FindAsync(ThemeFiles.StyleFile, CancellationToken.None))!.Version;
        await SaveAsync("first {}", version);

        using var refused = await SaveAsync("second {}", version);
        var page = await refused.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        using var document = new HtmlParser().ParseDocument(page);
        Assert.Equal("second {}", document.QuerySelector("textarea")!.TextContent.Trim());
        Assert.Equal("first {}", document.QuerySelector("pre.raw")!.TextContent.Trim());
        Assert.Equal("first {}", await FileAsync(ThemeFiles.StyleFile));
        using var saved = await SaveAsync(
            "second {}",
            document.QuerySelector("[name=version]")!.GetAttribute("value")!
        );
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        Assert.Equal("second {}", await FileAsync(ThemeFiles.StyleFile));
    }

    [Theory]
    [InlineData("site.yml", "tagline: [", "this is not YAML")]
    [InlineData("texts.json", "{", "")]
    public async Task A_text_that_would_not_be_used_is_refused_and_kept_in_the_form(
        string file,
        string text,
        string sentence
    )
    {
        using var refused = await _moderator.PostAsync(
            AdminPaths.ThemeFile(file),
            ("act", "save"),
            ("version", ""),
            ("text", text)
        );
        var page = await refused.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(sentence, page, StringComparison.Ordinal);
        using var document = new HtmlParser().ParseDocument(page);
        Assert.Equal(text, document.QuerySelector("textarea")!.TextContent.Trim());
        Assert.NotNull(document.GetElementById("your-text-problem"));
        Assert.Null(await _blog.Get<ThemeFiles>().FindAsync(file, CancellationToken.None));
    }

    [Fact]
    public async Task A_text_over_64_KiB_is_refused()
    {
        using var refused = await SaveAsync(new string('x', ThemeFiles.MaxBytes + 1), "");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("keep at most 65,536", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_a_browser_would_change_is_not_edited()
    {
        await _blog.UploadAsync("theme/theme.css", [0xff, 0xfe, 0x00]);

        var page = await _moderator.ReadAsync(AdminPaths.Theme);

        Assert.Contains("cannot be edited in a browser: it has more than 64 KiB", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_names_are_no_theme_files()
    {
        using var response = await AdminDriver.SendAsync(
            _blog,
            HttpMethod.Get,
            "/moderate/theme/other.css",
            _moderator.Cookie
        );

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private Task<HttpResponseMessage> SaveAsync(string text, string version) =>
        _moderator.PostAsync(AdminPaths.Theme, ("act", "save"), ("version", version), ("text", text));

    private async Task<string> FileAsync(string name) =>
        Encoding.UTF8.GetString((await _blog.Get<ThemeFiles>().FindAsync(name, CancellationToken.None))!.Bytes);
}
