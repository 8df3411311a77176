using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown;

namespace ServerlessBlog.Tests.Posts.Markdown;

/// <summary>Rendering of the Markdown extensions that authors know from other programs.</summary>
public sealed class PostDocumentTests
{
    [Fact]
    public void Code_is_highlighted_and_focusable()
    {
        var html = Render("```cs\nreturn \"a\";\n```\n\n    plain <b>\n");

        Assert.Contains(
            "<pre tabindex=\"0\"><code class=\"language-cs\"><span class=\"k\">return</span> "
                + "<span class=\"s\">&quot;a&quot;</span>;\n</code></pre>",
            html,
            StringComparison.Ordinal
        );
        Assert.Contains("<pre tabindex=\"0\"><code>plain &lt;b&gt;\n</code></pre>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_of_an_unknown_language_and_an_empty_block_stay_as_they_are()
    {
        var html = Render("```nosuch\n<a>\n```\n\n```cs\n```\n");

        Assert.Contains("<code class=\"language-nosuch\">&lt;a&gt;\n</code>", html, StringComparison.Ordinal);
        Assert.Contains("<code class=\"language-cs\"></code>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_footnote_and_its_references_link_to_each_other_with_accessible_names()
    {
        var page = Parse("One[^a] and again[^a].\n\nTwo[^b].\n\n[^a]: The *note*.\n[^b]: Other.\n");

        var references = page.QuerySelectorAll("a.footnote-ref");
        Assert.Equal(["#fn-1", "#fn-1", "#fn-2"], references.Select(link => link.GetAttribute("href")));
        Assert.Equal(
            ["Footnote 1", "Footnote 1", "Footnote 2"],
            references.Select(link => link.GetAttribute("aria-label"))
        );
        Assert.Equal("Footnotes", page.QuerySelector("section.footnotes")!.GetAttribute("aria-label"));
        var backLinks = page.QuerySelectorAll("#fn-1 a.footnote-back-ref");
        Assert.Equal(
            references.Take(2).Select(link => "#" + link.Id),
            backLinks.Select(link => link.GetAttribute("href"))
        );
        Assert.Equal(
            ["Back to reference 1", "Back to reference 2"],
            backLinks.Select(link => link.GetAttribute("aria-label"))
        );
        Assert.Equal("Back to the text", page.QuerySelector("#fn-2 a.footnote-back-ref")!.GetAttribute("aria-label"));
    }

    [Fact]
    public void Outside_of_the_page_footnote_links_are_absolute()
    {
        var links = LinkResolver.WithAbsoluteLinks("a.md", "https://blog.test", SitePath.Parse("/posts/a"));

        var html = new PostDocument("One[^a].\n\n[^a]: Note.\n").ToHtml(
            links,
            new Dictionary<string, ResponsiveImage>()
        );

        Assert.Contains("href=\"https://blog.test/posts/a#fn-1\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://blog.test/posts/a#fnref-1\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_heading_with_a_footnote_has_no_nested_links()
    {
        var page = Parse("## Words[^a]\n\n[^a]: Note.\n");

        Assert.Empty(page.QuerySelectorAll("a a"));
        Assert.Equal("#fn-1", page.QuerySelector("h2#words > a")!.GetAttribute("href"));
    }

    [Fact]
    public void Task_list_checkboxes_have_accessible_names()
    {
        var page = Parse("- [x] one\n- [ ] two\n");

        var boxes = page.QuerySelectorAll("li.task-list-item > input[type=checkbox][disabled]");
        Assert.Equal(
            [("Done", true), ("Not done", false)],
            boxes.Select(box => (box.GetAttribute("aria-label"), box.HasAttribute("checked")))
        );
    }

    [Fact]
    public void Tables_are_aligned_by_class_and_an_empty_header_cell_is_a_td()
    {
        var page = Parse("| | b | c |\n|---|:-:|--:|\n| 1 | 2 | 3 |\n");

        Assert.Equal("0", page.QuerySelector("table")!.GetAttribute("tabindex"));
        Assert.Equal(["TD", "TH", "TH"], page.QuerySelectorAll("thead tr > *").Select(cell => cell.TagName));
        Assert.Equal(
            ["", "text-center", "text-right"],
            page.QuerySelectorAll("tbody td").Select(cell => cell.ClassName ?? "")
        );
        Assert.Empty(page.QuerySelectorAll("[style]"));
    }

    [Fact]
    public void Cells_of_a_grid_table_can_hold_blocks()
    {
        var page = Parse("+---+-----+\n| a | b   |\n+===+=====+\n| 1 | - x |\n|   | - y |\n+---+-----+\n");

        Assert.Equal(2, page.QuerySelectorAll("tbody td li").Length);
        Assert.Empty(page.QuerySelectorAll("col, [style]"));
    }

    [Fact]
    public void Abbreviations_have_their_expansion_as_title()
    {
        var page = Parse("HTML is old.\n\n*[HTML]: HyperText Markup Language\n");

        Assert.Equal("HyperText Markup Language", page.QuerySelector("abbr")!.GetAttribute("title"));
    }

    [Theory]
    [InlineData("> [!WARNING]\n> Careful.\n", "markdown-alert-warning")]
    [InlineData("::: warning\nCareful.\n:::\n", "warning")]
    [InlineData(":::note\nCareful.\n:::\n", "note")]
    public void Alerts_and_custom_containers_have_the_role_note(string markdown, string name)
    {
        var box = Parse(markdown).QuerySelector("div[role=note]");

        Assert.Contains(name, box!.ClassList);
        Assert.Contains("Careful.", box.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_has_a_caption()
    {
        var page = Parse("^^^\n![Cards](/a.png)\n^^^ The caption\n");

        Assert.Equal("Cards", page.QuerySelector("figure img")!.GetAttribute("alt"));
        Assert.Equal("The caption", page.QuerySelector("figure > figcaption")!.TextContent);
    }

    [Fact]
    public void A_heading_links_to_itself_and_no_two_elements_share_an_id()
    {
        var page = Parse(
            "## Comments\n\n## Words\n\n> ## Words\n\nText {#words}\n\n## fn-1\n\n## !\n\n## ?\n\n"
                + "Note[^a].\n\n[^a]: Note.\n"
        );

        var ids = page.QuerySelectorAll("[id]").Select(element => element.Id!).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.DoesNotContain("comments", ids); // the page layout uses it
        Assert.Equal("#section-comments", page.QuerySelector("h2 > a")!.GetAttribute("href"));
        Assert.Equal("LI", page.GetElementById("fn-1")!.TagName);
    }

    [Fact]
    public void Pictures_audio_video_and_frames_are_named_by_their_alternative_text()
    {
        var page = Parse(
            "![A *red* card](/a.png \"Title\")\n\n![A tone](/a.mp3)\n\n![A \"film\"](b/c.mp4?x=1)\n\n"
                + "![A talk](https://www.youtube.com/watch?v=abc)\n\n![](https://vimeo.com/8607834)\n"
        );

        var picture = page.QuerySelector("img")!;
        Assert.Equal(
            ("A red card", "Title", "/a.png", "lazy"),
            (
                picture.GetAttribute("alt"),
                picture.GetAttribute("title"),
                picture.GetAttribute("src"),
                picture.GetAttribute("loading")
            )
        );
        Assert.Equal("A tone", page.QuerySelector("audio[controls][src='/a.mp3']")!.GetAttribute("aria-label"));
        Assert.Equal(
            "A \"film\"",
            page.QuerySelector("video[controls][src='/posts/b/c.mp4?x=1']")!.GetAttribute("aria-label")
        );
        Assert.Equal(
            ["A talk", "Embedded page"],
            page.QuerySelectorAll("iframe[allowfullscreen]").Select(frame => frame.GetAttribute("title"))
        );
        Assert.StartsWith(
            "https://www.youtube.com/embed/abc",
            page.QuerySelector("iframe")!.GetAttribute("src"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Only_a_text_with_a_code_block_HasCode()
    {
        Assert.True(new PostDocument("```\na\n```\n").HasCode);
        Assert.False(new PostDocument("$$\na\n$$\n").HasCode);
    }

    [Fact]
    public async Task The_sample_with_every_feature_renders_as_HTML_and_not_as_XHTML()
    {
        var sample = Path.Combine(
            RepositoryRoot.Find(),
            "functions",
            "Hosting",
            "Local",
            "samples",
            "posts",
            "every-markdown-feature.md"
        );
        Assert.True(
            PostFile.TryRead(
                "every-markdown-feature.md",
                await File.ReadAllBytesAsync(sample),
                TimeZoneInfo.Utc,
                out var file,
                out _
            )
        );

        var html = Render(file.Body);

        Assert.DoesNotContain("/>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("</source>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("=\"disabled\"", html, StringComparison.Ordinal);
        Assert.Contains("<math", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"k\">public</span>", html, StringComparison.Ordinal);
        Assert.All("cksmnafid", kind => Assert.Contains($"<span class=\"{kind}\">", html, StringComparison.Ordinal));
    }

    private static string Render(string markdown) =>
        new PostDocument(markdown).ToHtml(LinkResolver.ForPage("a.md"), new Dictionary<string, ResponsiveImage>());

    private static IDocument Parse(string markdown) => new HtmlParser().ParseDocument(Render(markdown));
}
