using System.Net;
using System.Text;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>
/// Names of files and tags in every script and in both Unicode normalizations: cases N01 to N06, N10, N11.
/// </summary>
public sealed class NamesInUnicodeTests : IAsyncLifetime
{
    private TestBlog _blog = null!;

    public async Task InitializeAsync() => _blog = await TestBlog.StartAsync();

    public Task DisposeAsync() => _blog.DisposeAsync().AsTask();

    [Theory]
    [InlineData("Größe und Maß.md", "", "/posts/grosse-und-mass")]
    [InlineData("Größe und Maß.md", "lang: de\n", "/posts/groesse-und-mass")]
    [InlineData("Cafe\u0301 crème.md", "", "/posts/cafe-creme")]
    [InlineData("reise/łódź/index.md", "", "/posts/lodz")]
    [InlineData("Τα νέα.md", "", "/posts/ta-nea")]
    public async Task N01_a_file_name_gives_an_address_of_all_its_letters(string name, string more, string address)
    {
        var text = TextCase.Find("N01").Replace("title: x\n", $"title: x\ndate: 2026-01-02\n{more}");

        var report = await _blog.UploadAsync(name, text);

        Assert.Equal((UploadOutcome.Published, $"http://blog.test{address}"), (report.Outcome, report.Lines[0]));
        Assert.Equal(200, await _blog.StatusAsync(address));
    }

    [Fact]
    public async Task N02_file_names_of_another_script_have_addresses_of_their_own()
    {
        var text = TextCase.Find("N02").Replace("title: x\n", "title: x\ndate: 2026-01-02\n");

        var reports = new[]
        {
            await _blog.UploadAsync("你好2026.md", text),
            await _blog.UploadAsync("世界2026.md", text),
            await _blog.UploadAsync("हिन्दी.md", text),
        };

        Assert.Equal(
            ["你好2026", "世界2026", "हिन्दी"],
            reports.Select(report => Uri.UnescapeDataString(report.Lines[0]["http://blog.test/posts/".Length..]))
        );
        Assert.All(reports, report => Assert.True(Ascii.IsValid(report.Lines[0])));
        var home = await _blog.OpenAsync("/");
        Assert.Equal(3, home.Links("main h2 a").Count());
        foreach (var link in home.Links("main h2 a").OfType<string>())
        {
            Assert.Equal(200, await _blog.StatusAsync(link));
        }
    }

    [Theory]
    [InlineData("Ku\u0308ste.jpg", "K\u00FCste.jpg")]
    [InlineData("K\u00FCste.jpg", "Ku\u0308ste.jpg")]
    public async Task N03_a_picture_is_found_in_the_other_normalization_of_its_name(string file, string link)
    {
        await _blog.UploadAsync(file, TestPictures.Photo(40, 30));
        await _blog.UploadAsync($"trip/{file}", TestPictures.Photo(40, 30), StorageNames.Posts);

        await _blog.UploadAsync(
            "trip/index.md",
            $"---\ntitle: Trip\ndate: 2026-01-02\n---\n![]({link})\n\n![](/media/{link})\n"
        );

        var page = await _blog.OpenAsync("/posts/trip");
        var pictures = page.QuerySelectorAll("article img").ToList();
        Assert.Equal(["40", "40"], pictures.Select(picture => picture.GetAttribute("width")));
        foreach (var picture in pictures)
        {
            Assert.Equal(200, await _blog.StatusAsync(picture.GetAttribute("src")!));
        }

        Assert.Equal(200, await _blog.StatusAsync($"/media/{Uri.EscapeDataString(link)}"));
        Assert.Equal(404, await _blog.StatusAsync("/media/Ku%CC%88che.jpg"));
    }

    [Fact]
    public async Task N04_and_N11_both_normalizations_are_one_tag_with_one_page()
    {
        await WriteAsync("one", "tags: [caf\u00E9]");
        await WriteAsync("two", "tags: [cafe\u0301, CAFE\u0301]");

        var list = await _blog.OpenAsync("/tags/caf%C3%A9");
        using var other = await _blog.GetAsync("/tags/cafe%CC%81?x=1");

        Assert.Equal(["one", "two"], list.Titles().Order());
        Assert.Equal(["/tags/caf%C3%A9"], (await _blog.OpenAsync("/tags")).Links("ul.index a"));
        Assert.Equal(HttpStatusCode.MovedPermanently, other.StatusCode);
        Assert.Equal("/tags/caf%C3%A9?x=1", other.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task An_address_and_an_alias_are_found_in_both_normalizations()
    {
        await WriteAsync("here", "url: /cafe\u0301/menu\naliases: [/alt/cre\u0300me]");

        Assert.Equal(200, await _blog.StatusAsync("/caf%C3%A9/menu"));
        foreach (
            var spelling in new[] { "/cafe%CC%81/menu", "/CAFE%CC%81/menu", "/alt/cr%C3%A8me", "/alt/cre%CC%80me" }
        )
        {
            using var other = await _blog.GetAsync(spelling);
            Assert.Equal("/caf%C3%A9/menu", other.Headers.Location?.OriginalString);
        }
    }

    [Fact]
    public async Task N10_C_and_its_descendants_are_three_tags_at_three_addresses()
    {
        await WriteAsync("tagged", $"tags: {TextCase.Find("N10")}");

        var links = (await _blog.OpenAsync("/tags")).Links("ul.index a").OfType<string>().ToList();

        Assert.Equal(["/tags/c", "/tags/c%23", "/tags/c%2B%2B"], links);
        foreach (var link in links)
        {
            Assert.Equal(["tagged"], (await _blog.OpenAsync(link)).Titles());
        }
    }

    [Fact]
    public async Task N05_the_tag_index_shows_tags_as_the_newest_post_writes_them()
    {
        await _blog.WriteAsync("older", "date: 2026-01-01\ntags: [c#, İZMİR, web]");
        await _blog.WriteAsync("newer", "date: 2026-01-02\ntags: [C#, İzmir]");

        Assert.Equal(
            ["C# 2 posts", "web 1 post", "İzmir 1 post", "İZMİR 1 post"],
            (await _blog.OpenAsync("/tags")).Words("ul.index li")
        );
    }

    [Theory]
    [InlineData("/tags/a%2Fb")]
    [InlineData("/tags/a%2fb")]
    public async Task N06_an_encoded_slash_leads_to_the_tag_that_has_it(string address)
    {
        await WriteAsync("tagged", "tags: [a/b]");

        using var response = await _blog.GetAsync(address);

        Assert.Equal($"GET {address}", TextCase.Find("N06"), ignoreCase: true);
        Assert.Equal("/tags/a-b", response.Headers.Location?.OriginalString);
        Assert.Equal(["tagged"], (await _blog.OpenAsync("/tags/a-b")).Titles());
        Assert.Equal(404, await _blog.StatusAsync(address.Replace("/tags/", "/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_post_that_was_public_keeps_its_address_when_its_file_gives_no_other()
    {
        await WriteAsync("v1.2", "slug: Old_Name.html");
        Assert.Equal(200, await _blog.StatusAsync("/posts/Old_Name.html"));
        await WriteAsync("v1.2", "summary: No slug any more.");

        Assert.Equal(200, await _blog.StatusAsync("/posts/v1-2"));
        using var old = await _blog.GetAsync("/posts/old_name.HTML");
        Assert.Equal("/posts/v1-2", old.Headers.Location?.OriginalString);
    }

    private Task WriteAsync(string name, string head) => _blog.WriteAsync(name, $"date: 2026-01-02\n{head}");
}
