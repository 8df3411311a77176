using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Posts.Publishing;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>
/// What authors write reaches readers as written: the cases T and H of tests/data/text-cases.jsonl, from the upload to
/// the page.
/// </summary>
public sealed class WrittenTextTests(WrittenTextTests.SharedBlog shared) : IClassFixture<WrittenTextTests.SharedBlog>
{
    private readonly PublishingFixture _fixture = shared.Fixture;

    [Theory]
    [InlineData("T01")]
    [InlineData("T05")]
    [InlineData("T06")]
    [InlineData("T07")]
    [InlineData("T08")]
    [InlineData("T09")]
    [InlineData("T03")]
    public async Task A_paragraph_of_prose_is_shown_as_written(string id)
    {
        var (text, _) = await PublishAsync(id);

        var paragraph = Assert.Single(text.QuerySelectorAll("p"));
        Assert.Equal(TextCase.Find(id), paragraph.TextContent);
        Assert.Empty(paragraph.QuerySelectorAll("*"));
        Assert.Empty(paragraph.Attributes);
    }

    [Fact]
    public async Task Braces_in_a_heading_are_text()
    {
        var (text, _) = await PublishAsync("T02");

        var heading = Assert.Single(text.QuerySelectorAll("h2"));
        Assert.Equal(TextCase.Find("T02")[3..], heading.TextContent);
        Assert.Equal("get-usersid-endpoint", heading.Id);
    }

    [Fact]
    public async Task Braces_in_a_cell_are_text_and_an_escaped_bar_in_code_is_a_bar()
    {
        var (braces, _) = await PublishAsync("T04");
        var (bar, _) = await PublishAsync("T14");

        Assert.Equal("{c1}", braces.QuerySelector("td")!.TextContent);
        Assert.Equal("x | y", bar.QuerySelector("td code")!.TextContent);
    }

    [Fact]
    public async Task Initials_begin_no_list()
    {
        var (text, _) = await PublishAsync("T10");

        Assert.Equal(
            [
                "A. Einstein published it.",
                "E. coli is a bacterium.",
                "I. Kant wrote about it.",
                "P. S. One more thing.",
            ],
            text.QuerySelectorAll("p").Select(paragraph => paragraph.TextContent)
        );
        Assert.Equal("A. Einstein published it.", (await _fixture.PostAsync("t10.md"))!.Digest.Excerpt);
    }

    [Fact]
    public async Task A_formula_without_an_end_swallows_nothing_and_is_reported()
    {
        var (text, report) = await PublishAsync("T11");

        Assert.Equal(["of", "text"], text.QuerySelectorAll("em").Select(word => word.TextContent));
        Assert.NotNull(text.QuerySelector("a[href='https://example.org']"));
        Assert.Null(text.QuerySelector("math"));
        Assert.Contains(report.Lines, line =>
            line.StartsWith("line 5, column 7: $$ is shown as it is", StringComparison.Ordinal)
        );
        Assert.Contains(report.Lines, line =>
            line.StartsWith("line 10, column 5: $$ is shown as it is", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_footnote_below_definitions_is_a_footnote()
    {
        var (text, _) = await PublishAsync("T12");

        Assert.StartsWith("Note.", text.QuerySelector(".footnotes li")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal("Definition.", text.QuerySelector("dd")!.TextContent.Trim());
        Assert.Null(text.QuerySelector("a[href='Note.']"));
    }

    [Fact]
    public async Task Emphasis_works_beside_CJK_punctuation()
    {
        var (text, _) = await PublishAsync("T13");

        Assert.Equal("とても寒い。", text.QuerySelector("strong")!.TextContent);
    }

    [Theory]
    [InlineData("T15", "https://example.org/a|https://example.org/d|https://example.org/i|http://e.example/?a=**b")]
    [InlineData("T16", "https://example.org/g|https://example.org/zh|https://example.org/b|HTTPS://EXAMPLE.ORG/A")]
    public async Task Bare_addresses_end_where_the_prose_goes_on(string id, string addresses)
    {
        var (text, _) = await PublishAsync(id);

        Assert.Equal(addresses.Split('|'), text.QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
        Assert.Equal(TextCase.Find(id), text.QuerySelector("p")!.TextContent);
    }

    [Fact]
    public async Task Headings_of_every_script_have_ids_from_their_words_whatever_stands_above()
    {
        var (text, _) = await PublishAsync("T17");
        var (longer, _) = await PublishAsync("T17", before: "## Before\n\n## ???\n\n");

        string[] ids = ["привет", "日本語", "2024"];
        Assert.Equal(ids, text.QuerySelectorAll("h2").Select(heading => heading.Id));
        Assert.Equal(ids, longer.QuerySelectorAll("h2").Skip(2).Select(heading => heading.Id));
        Assert.Equal("日本語", Uri.UnescapeDataString(text.QuerySelector("p a")!.GetAttribute("href")!).TrimStart('#'));
    }

    [Fact]
    public async Task No_id_of_the_page_is_taken_by_a_heading_or_an_element_of_the_text()
    {
        var (text, _) = await PublishAsync(
            "T18",
            before: "<div id=\"comments\">own</div>\n\n<p id=leave-a-comment>\n\n"
        );

        var ids = text.Owner!.QuerySelectorAll("[id]").Select(element => element.Id!).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.Contains("comments", ids);
        Assert.Equal("Comments", text.QuerySelectorAll("h2")[0].TextContent);
    }

    [Theory]
    [InlineData("H01", "#text")]
    [InlineData("H02", "script")]
    [InlineData("H03", "style")]
    [InlineData("H04", "title")]
    [InlineData("H05", "template")]
    [InlineData("H06", "textarea")]
    [InlineData("H07", "select")]
    [InlineData("H08", "form")]
    [InlineData("H09", "iframe")]
    [InlineData("H10", "b")]
    [InlineData("H11", "table")]
    [InlineData("H12", "p")]
    [InlineData("H13", "p")]
    [InlineData("H14", "noscript")]
    public async Task What_a_post_leaves_open_is_closed_at_its_end_and_reported(string id, string element)
    {
        var (plain, _) = await PublishAsync("T01");
        var (text, report) = await PublishAsync(id);

        Assert.Equal(FrameOf(plain), FrameOf(text));
        Assert.Contains("Before.", text.TextContent, StringComparison.Ordinal);
        Assert.True(element == "#text" || text.QuerySelector(element) is not null, text.InnerHtml);
        Assert.Contains(report.Lines, line =>
            line.StartsWith("line 7, column 1:", StringComparison.Ordinal)
            || id == "H10" && line.StartsWith("line 7", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("<?php echo 1", "<? has no >")]
    [InlineData("<![CDATA[ x", "<! has no >")]
    [InlineData("<!DOCTYPE x", "<! has no >")]
    [InlineData("<svg><g>", "<svg> is not closed")]
    [InlineData("<details><summary>x", "<details> is not closed")]
    [InlineData("<xmp>", "<xmp> is not closed")]
    [InlineData("<button>", "<button> is not closed")]
    [InlineData("<a href=\"/\">x", "<a> is not closed")]
    [InlineData("<dialog open>", "<dialog> is not closed")]
    [InlineData("</html></body></footer>", "</footer> closes nothing")]
    public async Task Other_HTML_that_is_left_open_leaves_the_page_as_it_is(string html, string note)
    {
        var (plain, _) = await PublishAsync("T01");
        var report = await _fixture.PublishAsync("open.md", PublishingFixture.Text("Open", null, $"a\n\n{html}\n\nb"));
        _fixture.Blog.ExpireHotPages();
        var page = await new HtmlParser().ParseDocumentAsync(await _fixture.Blog.ReadAsync("/posts/open"));

        Assert.Equal(FrameOf(plain), FrameOf(page.QuerySelector(".post .prose")!));
        Assert.Contains(report.Lines, line =>
            line.StartsWith("line 7, column ", StringComparison.Ordinal)
            && line.Contains(note, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task End_tags_of_nothing_are_left_out_and_plaintext_is_text()
    {
        var (stray, report) = await PublishAsync("H12");
        var (plaintext, _) = await PublishAsync("H13");

        Assert.Equal("After.", stray.QuerySelectorAll("p")[1].TextContent);
        Assert.Equal(3, report.Lines.Count(line => line.Contains("closes nothing", StringComparison.Ordinal)));
        Assert.Contains("<plaintext>", plaintext.TextContent, StringComparison.Ordinal);
        Assert.Contains("After.", plaintext.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_to_files_lead_to_their_posts_and_missing_ones_are_reported()
    {
        await _fixture.PublishAsync("md-foot.md", PublishingFixture.Text("One", "url: /somewhere/else"));
        await _fixture.PublishAsync("notes/md-foot.md", PublishingFixture.Text("Two", "slug: two"));
        await _fixture.PublishAsync("a b.md", PublishingFixture.Text("Three", "slug: three"));
        var (known, _) = await PublishAsync("T19", name: "t19.md");
        var (inFolder, report) = await PublishAsync("T19", name: "posts/t19.md", more: "slug: t19-b");
        var (escaped, _) = await PublishAsync("T24");

        Assert.Equal("/somewhere/else", known.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("/posts/two#part", inFolder.QuerySelectorAll("a")[1].GetAttribute("href"));
        Assert.Contains(report.Lines, line =>
            line.StartsWith("line 6, column 1: md-foot.md leads nowhere", StringComparison.Ordinal)
        );
        Assert.All(escaped.QuerySelectorAll("p a"), link => Assert.Equal("/posts/three", link.GetAttribute("href")));
        Assert.Equal(2, escaped.QuerySelectorAll("p a").Length);
    }

    [Fact]
    public async Task A_link_written_before_its_post_was_there_leads_to_it()
    {
        var (text, _) = await PublishAsync("T19", name: "early/t19.md", more: "slug: t19-early");
        var address = text.QuerySelectorAll("a")[0].GetAttribute("href")!;

        var before = await _fixture.StatusAsync(address);
        await _fixture.PublishAsync("early/md-foot.md", PublishingFixture.Text("Late", "slug: late"));

        Assert.Equal(("404", "302 /posts/late"), (before, await _fixture.StatusAsync(address)));
    }

    [Fact]
    public async Task Addresses_in_HTML_are_resolved_as_in_Markdown()
    {
        var (text, report) = await PublishAsync("T20", name: "trip/index.md");

        Assert.Equal(
            ["/posts/trip/sea.jpg", "/posts/trip/sea.jpg"],
            text.QuerySelectorAll("img").Select(picture => picture.GetAttribute("src"))
        );
        Assert.Equal(
            "/posts/trip/sea.jpg 1x, /posts/trip/sea2.jpg 2x",
            text.QuerySelector("source")!.GetAttribute("srcset")
        );
        Assert.Contains("line 5, column 1: sea.jpg is missing: upload the picture.", report.Lines);
    }

    [Fact]
    public async Task Missing_pictures_and_posts_are_reported_and_the_post_is_published()
    {
        var (_, report) = await PublishAsync("T21", before: "[z](#nothing) [w](#top) {% raw %} `{% code %}`\n\n");

        Assert.Equal(UploadOutcome.Published, report.Outcome);
        Assert.Equal(
            [
                "line 5, column 25: {% raw %} is shown as it is: no template is run here.",
                "line 5, column 1: #nothing leads nowhere: no heading or element of the text has this id.",
                "line 7, column 1: missing.jpg is missing: upload the picture.",
                "line 7, column 23: /posts/nope leads nowhere: no post is there.",
            ],
            report.Lines.Where(line => line.StartsWith("line ", StringComparison.Ordinal))
        );
    }

    /// <summary>The elements of the page without the text, and without the parts about other posts.</summary>
    private static string FrameOf(IElement text)
    {
        var page = (IDocument)text.Owner!.Clone();
        foreach (var part in page.QuerySelectorAll(".post .prose, .pager, .related").ToList())
        {
            part.Remove();
        }

        return string.Join(
            ' ',
            page.Body!.QuerySelectorAll("*").Select(element => $"{element.LocalName}#{element.Id}")
        );
    }

    private async Task<(IElement Text, UploadReport Report)> PublishAsync(
        string id,
        string before = "",
        string? name = null,
        string? more = null
    )
    {
        name ??= before.Length > 0 ? $"{id}-long.md" : $"{id.ToLowerInvariant()}.md";
        var report = await _fixture.PublishAsync(
            name,
            PublishingFixture.Text($"\"{id}\"", more, before + TextCase.Find(id))
        );
        Assert.Equal(UploadOutcome.Published, report.Outcome);
        _fixture.Blog.ExpireHotPages();
        var path = (await _fixture.PostAsync(name))!.Path.Link;
        var page = await new HtmlParser().ParseDocumentAsync(await _fixture.Blog.ReadAsync(path));
        return (page.QuerySelector(".post .prose")!, report);
    }

    /// <summary>One blog for all tests of the class.</summary>
    public sealed class SharedBlog : IAsyncLifetime
    {
        internal PublishingFixture Fixture { get; private set; } = null!;

        public async Task InitializeAsync() => Fixture = await PublishingFixture.StartAsync();

        public async Task DisposeAsync() => await Fixture.DisposeAsync();
    }
}
