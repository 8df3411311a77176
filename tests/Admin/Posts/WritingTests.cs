using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Admin.Posts;

/// <summary>Writing and editing posts in the admin area.</summary>
[Trait("Category", "Slow")]
public sealed class WritingTests(AdminBlog blog) : IClassFixture<AdminBlog>
{
    private const string EditPath = "/moderate/posts/edit";

    [Fact]
    public async Task A_new_post_gets_its_name_from_the_title_and_is_saved_and_published()
    {
        using var saved = await SaveAsync(
            "",
            "",
            "---\r\ntitle: \"My First: Post / (1)\"\r\ndate: 2026-01-02\r\n---\r\n\r\nWith **words**.\r\n"
        );
        var page = await ReadUntilAsync("my-first-post-1.md", text =>
            text.Contains("Published.", StringComparison.Ordinal)
        );

        Assert.Equal(
            (HttpStatusCode.SeeOther, $"{EditPath}?name=my-first-post-1.md"),
            (saved.StatusCode, saved.Headers.Location!.ToString())
        );
        Assert.Contains("<a href=\"/posts/my-first-post-1\">My First: Post / (1)</a>", page, StringComparison.Ordinal);
        Assert.Contains(
            "<strong>words</strong>",
            await blog.Blog.ReadAsync("/posts/my-first-post-1"),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "---\ntitle: \"My First: Post / (1)\"\ndate: 2026-01-02\n---\n\nWith **words**.\n",
            await StoredAsync("my-first-post-1.md")
        );
        Assert.Equal(
            "text/markdown; charset=utf-8",
            (await Posts.GetBlobClient("my-first-post-1.md").GetPropertiesAsync()).Value.ContentType
        );
    }

    [Fact]
    public async Task A_post_is_changed_and_a_form_sent_twice_is_saved_once()
    {
        await blog.Blog.UploadAsync("trip/changed & more.md", Text("Changed"));
        var (version, text) = FormIn(await blog.Moderator.ReadAsync($"{EditPath}?name=trip%2Fchanged%20%26%20more.md"));

        using var saved = await SaveAsync("trip/changed & more.md", version, Text("Changed", "Other words."));
        using var repeated = await SaveAsync("trip/changed & more.md", version, Text("Changed", "Other words."));

        Assert.Equal(Text("Changed"), text);
        Assert.All([saved, repeated], response => Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode));
        await blog.Blog.ReadUntilAsync("/posts/changed-more", page =>
            page.Contains("Other words.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_change_by_somebody_else_meanwhile_is_shown_and_not_lost()
    {
        await blog.Blog.UploadAsync("meanwhile.md", Text("Meanwhile", "First."));
        var (version, _) = FormIn(await blog.Moderator.ReadAsync($"{EditPath}?name=meanwhile.md"));
        await blog.Blog.UploadAsync("meanwhile.md", Text("Meanwhile", "Theirs & new."));

        using var refused = await SaveAsync("meanwhile.md", version, Text("Meanwhile", "Mine."));
        var page = await refused.Content.ReadAsStringAsync();
        var kept = await StoredAsync("meanwhile.md");
        var (next, typed) = FormIn(page);
        using var saved = await SaveAsync("meanwhile.md", next, typed);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("Somebody has changed this file meanwhile.", page, StringComparison.Ordinal);
        Assert.Contains("Theirs &amp; new.", page, StringComparison.Ordinal);
        Assert.Equal(Text("Meanwhile", "Theirs & new."), kept);
        Assert.Equal(Text("Meanwhile", "Mine."), typed);
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        Assert.Equal(typed, await StoredAsync("meanwhile.md"));
    }

    [Fact]
    public async Task A_post_that_was_deleted_meanwhile_is_created_again_when_it_is_saved_again()
    {
        await blog.Blog.UploadAsync("back.md", Text("Back"));
        var (version, text) = FormIn(await blog.Moderator.ReadAsync($"{EditPath}?name=back.md"));
        await blog.Blog.DeleteAsync("back.md");

        using var refused = await SaveAsync("back.md", version, text);
        var (next, typed) = FormIn(await refused.Content.ReadAsStringAsync());
        using var saved = await SaveAsync("back.md", next, typed);

        Assert.Equal((HttpStatusCode.Conflict, ""), (refused.StatusCode, next));
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        Assert.Equal(text, await StoredAsync("back.md"));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("*")]
    [InlineData("\"0x1\"\r\nX-Evil: 1")]
    [InlineData("\"0x8DE2B5C1A2B3C4D\"")]
    public async Task An_invalid_version_overwrites_nothing(string version)
    {
        await blog.Blog.UploadAsync("versions.md", Text("Versions"));

        using var refused = await SaveAsync("versions.md", version, Text("Versions", "Over it."));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(Text("Versions"), await StoredAsync("versions.md"));
    }

    [Fact]
    public async Task A_name_in_use_is_reported_and_nothing_is_overwritten()
    {
        await blog.Blog.UploadAsync("taken.md", Text("Taken"));

        using var refused = await SaveAsync("taken", "", Text("Another", "Mine."));
        var page = await refused.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("There is a file taken.md already: choose another name.", page, StringComparison.Ordinal);
        Assert.Equal(("", Text("Another", "Mine.")), FormIn(page));
        Assert.Equal(Text("Taken"), await StoredAsync("taken.md"));
    }

    [Theory]
    [InlineData("---\ntitle: A\ntags: [\n---\nWords & more.\n", "line 4, column 1: ")]
    [InlineData("\n\nNo front matter.", "line 1, column 1: the file must begin with front matter")]
    [InlineData("---\ntitle:\n---\n", "a post needs a title")]
    [InlineData(
        "---\ntitle: A\ntype: page\nslug: archive\n---\n",
        "line 1, column 1: the address /archive is one that the blog needs for itself"
    )]
    public async Task An_invalid_post_is_reported_at_once_and_not_saved(string text, string problem)
    {
        var name = $"broken-{text.Length}.md";

        using var refused = await SaveAsync(name, "", text);
        var page = await refused.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Nothing was saved.", page, StringComparison.Ordinal);
        Assert.Contains(problem, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Equal(("", text), FormIn(page));
        Assert.False(await Posts.GetBlobClient(name).ExistsAsync());
    }

    [Fact]
    public async Task An_address_of_another_post_is_reported_before_saving()
    {
        await blog.Blog.PublishAsync("first-come");

        using var refused = await SaveAsync(
            "second.md",
            "",
            "---\ntitle: Second\nslug: first-come\ndate: 2026-01-02\n---\n"
        );

        Assert.Contains(
            "the address /posts/first-come belongs to first-come.md",
            await refused.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.False(await Posts.GetBlobClient("second.md").ExistsAsync());
    }

    [Fact]
    public async Task A_text_over_the_limit_is_reported_and_stays_in_the_form()
    {
        var text = Text("Large", new string('x', PostFile.MaxBytes));

        using var refused = await SaveAsync("large.md", "", text);
        var page = await refused.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("the file has more than 1,048,576 bytes (1 MiB)", page, StringComparison.Ordinal);
        Assert.Equal(text, FormIn(page).Text);
    }

    [Theory]
    [InlineData("../accepted/a.md")]
    [InlineData("a//b.md")]
    [InlineData(".hidden.md")]
    [InlineData("a b.md")]
    [InlineData("ä.md")]
    [InlineData("a?.md")]
    [InlineData("a\\b.md")]
    public async Task A_new_file_needs_a_plain_name(string name)
    {
        using var refused = await SaveAsync(name, "", Text("Named"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("choose another.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_title_that_gives_no_file_name_is_reported()
    {
        using var refused = await SaveAsync("", "", Text("日本"));

        Assert.Contains(
            "No name can be made of this title",
            await refused.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_preview_shows_the_rendered_text_and_saves_nothing()
    {
        using var shown = await blog.Moderator.PostAsync(
            EditPath,
            ("name", "seen.md"),
            ("version", ""),
            ("text", Text("Seen", "Some **words**.\n\n<p onclick=\"a()\">b</p>")),
            ("act", "preview")
        );
        var page = await shown.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Contains("Some <strong>words</strong>.", page, StringComparison.Ordinal);
        Assert.Contains("the attribute onclick of &lt;p&gt; will not run", page, StringComparison.Ordinal);
        Assert.Equal(Text("Seen", "Some **words**.\n\n<p onclick=\"a()\">b</p>"), FormIn(page).Text);
        Assert.False(await Posts.GetBlobClient("seen.md").ExistsAsync());
    }

    [Fact]
    public async Task A_preview_reports_an_alias_of_another_post_like_the_upload_report()
    {
        const string Sentence = "the old address /preview-owned belongs to preview-owner.md and stays there.";
        var text = "---\ntitle: Wants it\ndate: 2026-01-02\naliases: /preview-owned\n---\nSome text.\n";
        await blog.Blog.UploadAsync(
            "preview-owner.md",
            "---\ntitle: Owner\ndate: 2026-01-02\naliases: /preview-owned\n---\nSome text.\n"
        );

        using var shown = await blog.Moderator.PostAsync(
            EditPath,
            ("name", "preview-wants.md"),
            ("version", ""),
            ("text", text),
            ("act", "preview")
        );
        var report = await blog.Blog.UploadAsync("preview-wants.md", text);

        Assert.Contains(
            Sentence,
            WebUtility.HtmlDecode(await shown.Content.ReadAsStringAsync()),
            StringComparison.Ordinal
        );
        Assert.Contains(Sentence, report.Lines);
    }

    [Fact]
    public async Task A_refused_file_can_be_edited_and_one_that_a_browser_would_damage_cannot()
    {
        await blog.Blog.UploadAsync("mend.md", "---\ntitle: [\n---\n");
        await blog.Blog.UploadAsync("latin.md", [0x2D, 0x2D, 0x2D, 0x0A, 0xE4], StorageNames.Posts);

        var refused = await blog.Moderator.ReadAsync($"{EditPath}?name=mend.md");
        var notEditable = await blog.Moderator.ReadAsync($"{EditPath}?name=latin.md");

        Assert.Contains("Refused.", refused, StringComparison.Ordinal);
        Assert.Contains("<li>line 3, column 1: ", refused, StringComparison.Ordinal);
        Assert.Contains(
            $"href=\"{EditPath}?name=mend.md\"",
            await blog.Moderator.ReadAsync("/moderate/failures/all"),
            StringComparison.Ordinal
        );
        Assert.Contains("This file cannot be edited in a browser", notEditable, StringComparison.Ordinal);
        Assert.DoesNotContain("<textarea", notEditable, StringComparison.Ordinal);
        foreach (var none in new[] { "none.md", "../accepted/a.md", "a%0A.md", "a.txt", new string('a', 600) + ".md" })
        {
            Assert.Contains(
                "Nothing here",
                await blog.Moderator.ReadAsync($"{EditPath}?name={none}"),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task Published_is_shown_after_publishing_and_when_an_old_report_has_been_deleted()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var blog = await TestBlog.StartAsync(clock: clock);
        await blog.UploadAsync("old.md", Text("Old"));
        await new BlobContainerClient(blog.Connection, StorageNames.Reports).DeleteBlobAsync("old.md.txt");

        var young = await (await AdminDriver.SignInAsync(blog)).ReadAsync($"{EditPath}?name=old.md");
        clock.Advance(TimeSpan.FromDays(2));
        var old = await (await AdminDriver.SignInAsync(blog)).ReadAsync($"{EditPath}?name=old.md");

        Assert.Matches(
            "Saved, and being published now\\.\\s+<a href=\"/moderate/posts/edit\\?name=old\\.md\">Refresh</a>",
            young
        );
        Assert.Matches("Published\\.\\s+<a href=\"/posts/old\">Old</a>", old);
    }

    private BlobContainerClient Posts => new(blog.Blog.Connection, StorageNames.Posts);

    private static string Text(string title, string body = "Some text.") =>
        $"---\ntitle: {title}\ndate: 2026-01-02\n---\n{body}\n";

    private Task<HttpResponseMessage> SaveAsync(string name, string version, string text) =>
        blog.Moderator.PostAsync(EditPath, ("name", name), ("version", version), ("text", text));

    private async Task<string> StoredAsync(string name) =>
        (await Posts.GetBlobClient(name).DownloadContentAsync()).Value.Content.ToString();

    private Task<string> ReadUntilAsync(string name, Func<string, bool> wanted) =>
        TestBlog.WaitUntilAsync(
            () => blog.Moderator.ReadAsync($"{EditPath}?name={name}"),
            wanted,
            $"the expected page of {name}"
        );

    /// <summary>Extracts the version and the file that a browser would send back.</summary>
    private static (string Version, string Text) FormIn(string page)
    {
        using var document = new HtmlParser().ParseDocument(page);
        string ValueOf(string name) =>
            document.QuerySelector($"form [name='{name}']") switch
            {
                IHtmlTextAreaElement area => area.Value,
                IHtmlInputElement input => input.Value,
                _ => "",
            };
        var text = ValueOf("text");
        return (
            ValueOf("version"),
            document.QuerySelector("[name='head']") is null
                ? text
                : EditablePost.Join(
                    ValueOf("head"),
                    new EditableFields
                    {
                        Title = ValueOf("field-title"),
                        Tags = ValueOf("field-tags"),
                        Date = ValueOf("field-date"),
                        Summary = ValueOf("field-summary"),
                        Picture = ValueOf("field-picture"),
                        Others = ValueOf("field-others"),
                        IsDraft =
                            page.Contains("value=\"publish\"", StringComparison.Ordinal)
                            && page.Contains("draft: true", StringComparison.Ordinal),
                    },
                    text
                )
        );
    }
}
