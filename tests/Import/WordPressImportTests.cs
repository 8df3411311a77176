using ServerlessBlog.Import;
using ServerlessBlog.Import.WordPress;
using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Tests.Import;

/// <summary>Exports of WordPress (WXR) as posts of this blog, without a storage.</summary>
public sealed class WordPressImportTests : IDisposable
{
    private readonly SiteFolderBuilder _site = new();

    public void Dispose() => _site.Dispose();

    private WordPressSite Open(string items, string? uploads = null, string scheme = "http")
    {
        _site.Add(
            "export.xml",
            $"""
            <?xml version="1.0" encoding="UTF-8" ?>
            <rss version="2.0" xmlns:excerpt="{scheme}://wordpress.org/export/1.2/excerpt/"
              xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
              xmlns:wp="{scheme}://wordpress.org/export/1.2/">
            <channel><title>Old</title><link>https://old.example</link>
            <wp:base_blog_url>https://old.example</wp:base_blog_url>
            <wp:author><wp:author_login>ann</wp:author_login><wp:author_email>ann@old.example</wp:author_email>
            <wp:author_display_name><![CDATA[Ann Lee]]></wp:author_display_name></wp:author>
            {items}
            </channel></rss>
            """
        );
        return WordPressSite.Open(
            new FileInfo(Path.Combine(_site.Path, "export.xml")),
            uploads is null ? null : Path.Combine(_site.Path, uploads)
        );
    }

    private static string Item(
        string id,
        string body = "Text",
        string more = "",
        string type = "post",
        string status = "publish",
        string slug = "a"
    ) =>
        $"""
            <item><title>Title {id}</title><link>https://old.example/2019/03/{slug}/</link><dc:creator>ann</dc:creator>
            <guid isPermaLink="false">https://old.example/?p={id}</guid><description/>
            <content:encoded><![CDATA[{body}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
            <wp:post_id>{id}</wp:post_id><wp:post_date>2019-03-02 12:00:00</wp:post_date>
            <wp:post_date_gmt>2019-03-02 10:00:00</wp:post_date_gmt><wp:comment_status>open</wp:comment_status>
            <wp:post_name>{slug}</wp:post_name><wp:status>{status}</wp:status><wp:post_parent>0</wp:post_parent>
            <wp:post_type>{type}</wp:post_type>{more}</item>
            """;

    private static PostMetadata Read(ConvertedFile file)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(file.Text!);
        Assert.True(
            PostFile.TryRead(file.Name, bytes, TimeZoneInfo.Utc, out var read, out var problem),
            problem?.ToString()
        );
        return read.Metadata;
    }

    private string Body(string body, string more = "") =>
        SiteFolderBuilder.Convert(Open(Item("7", body) + more))["a.html"].Text!.Split("---\n", 3)[2].Trim();

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public void Posts_keep_address_number_date_author_tags_and_guid(string scheme)
    {
        var more = """
            <category domain="category" nicename="news"><![CDATA[News &amp; more]]></category>
            <category domain="post_tag" nicename="sea"><![CDATA[Sea]]></category><wp:is_sticky>1</wp:is_sticky>
            """;

        var read = Read(SiteFolderBuilder.Convert(Open(Item("7", more: more), scheme: scheme))["a.html"]);

        Assert.Equal(
            ("Title 7", "/2019/03/a/", "Ann Lee", true, "https://old.example/?p=7"),
            (read.Title, read.Url!.Value.Text, read.Author, read.Pinned, read.FeedId)
        );
        Assert.Equal(new DateTimeOffset(2019, 3, 2, 10, 0, 0, TimeSpan.Zero), read.Date);
        Assert.Equal(["/?p=7", "/2019/03/a/feed"], read.Aliases.Select(alias => alias.Text));
        Assert.Contains("Sea", read.Tags);
        Assert.Equal("News & more", read.Category);
    }

    [Fact]
    public void Drafts_private_protected_and_thrown_away_posts_and_pages_are_what_they_were()
    {
        var files = SiteFolderBuilder.Convert(
            Open(
                Item("1", status: "draft", slug: "")
                    + Item("2", status: "private", slug: "b")
                    + Item("3", more: "<wp:post_password>secret</wp:post_password>", slug: "c")
                    + Item("4", status: "trash", slug: "d")
                    + Item("5", type: "page", slug: "about")
                    + Item("6", type: "nav_menu_item", slug: "e")
                    + Item("8", slug: "%e4%bd%a0%e5%a5%bd")
            )
        );

        Assert.True(Read(files["title-1.html"]).Draft);
        Assert.Contains("private", Assert.Single(files["b.html"].Notes), StringComparison.Ordinal);
        Assert.Contains("password", Assert.Single(files["c.html"].Notes), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", files["c.html"].Text, StringComparison.Ordinal);
        Assert.True(files["post 4"].IsMachinery && files["nav_menu_item 6"].IsMachinery);
        Assert.True(Read(files["pages/about.html"]).IsPage);
        Assert.Equal("/2019/03/你好/", Read(files["你好.html"]).Url!.Value.Text);
    }

    [Theory]
    [InlineData("One\nline.\n\nTwo <em>x</em>.", "<p>One<br>\nline.</p>\n<p>Two <em>x</em>.</p>")]
    [InlineData(
        "\tOne\n\n<pre>a\n\nb</pre>\n\n<ul>\n<li>x</li>\n</ul>",
        "<p>One</p>\n<pre>a\n\nb</pre>\n<ul>\n<li>x</li>\n</ul>"
    )]
    [InlineData("<!-- wp:paragraph -->\n<p>One</p>\n<!-- /wp:paragraph -->", "<p>One</p>")]
    [InlineData("One\n\n<!--more Go on-->\n\nTwo", "<p>One</p>\n<!--more-->\n<p>Two</p>")]
    [InlineData(
        "[caption id=\"x\" width=\"3\"]<img src=\"/a.png\" /> Words[/caption]",
        "<figure><img src=\"/a.png\" /><figcaption>Words</figcaption></figure>"
    )]
    [InlineData("[audio src=\"/a.mp3\"]", "<audio controls src=\"/a.mp3\"></audio>")]
    [InlineData("[audio mp3=\"/a.mp3\"][/audio]", "<audio controls src=\"/a.mp3\"></audio>")]
    [InlineData("[code language=\"js\"]a < b[/code]", "<pre><code class=\"language-js\">a &lt; b</code></pre>")]
    [InlineData("As said [1] and [sic].", "<p>As said [1] and [sic].</p>")]
    [InlineData("[contact-form id=\"3\"]", "<p><code>&#91;contact-form id=&quot;3&quot;]</code></p>")]
    public void Bodies_are_what_readers_saw(string body, string html) => Assert.Equal(html, Body(body));

    [Fact]
    public void Films_become_frames_and_pages_of_a_post_one()
    {
        const string Frame = "<iframe src=\"https://www.youtube-nocookie.com/embed/abc123_x\"";
        Assert.Contains(
            Frame,
            Body("One\n\nhttps://www.youtube.com/watch?v=abc123_x\n\nTwo"),
            StringComparison.Ordinal
        );
        Assert.Contains(Frame, Body("[embed]https://youtu.be/abc123_x[/embed]"), StringComparison.Ordinal);
        Assert.Contains(
            Frame,
            Body(
                "<!-- wp:embed {\"url\":\"x\"} -->\n<figure class=\"wp-block-embed\"><div "
                    + "class=\"wp-block-embed__wrapper\">\nhttps://youtu.be/abc123_x\n</div></figure>\n<!-- /wp:embed "
                    + "-->"
            ),
            StringComparison.Ordinal
        );

        var file = SiteFolderBuilder.Convert(Open(Item("7", "One\n\n<!--nextpage-->\n\nTwo")))["a.html"];
        Assert.Contains("nextpage", Assert.Single(file.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_are_taken_from_the_uploads_at_the_paths_that_they_had()
    {
        _site.Add("up/2019/03/a.png", "x").Add("up/2019/03/a.php", "x");
        var attachment = Item(
            "9",
            type: "attachment",
            status: "inherit",
            more: "<wp:attachment_url>https://old.example/wp-content/uploads/2019/03/a.png</wp:attachment_url>"
        );
        var files = SiteFolderBuilder.Convert(
            Open(
                attachment
                    + Item(
                        "7",
                        "<img src=\"https://old.example/wp-content/uploads/2019/03/a-300x200.png\"> [gallery "
                            + "ids=\"9,10\"]",
                        "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value>"
                            + "</wp:postmeta>"
                    ),
                "up"
            )
        );

        Assert.Equal("media", files["wp-content/uploads/2019/03/a.png"].Container);
        Assert.True(files["wp-content/uploads/2019/03/a.php"].IsMachinery);
        Assert.Equal(2, files["a.html"].Text!.Split("\"/media/wp-content/uploads/2019/03/a.png\"").Length - 1 - 1);
        Assert.Equal("/media/wp-content/uploads/2019/03/a.png", Read(files["a.html"]).Picture!.Address);
        Assert.Contains("10", Assert.Single(files["a.html"].Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Comments_keep_state_parent_and_line_ends_and_pings_are_set_apart()
    {
        static string Comment(string id, string parent, string approved, string type, string mail) =>
            $"""
                <wp:comment><wp:comment_id>{id}</wp:comment_id>
                <wp:comment_author><![CDATA[Bob & Co]]></wp:comment_author>
                <wp:comment_author_email>{mail}</wp:comment_author_email>
                <wp:comment_author_url>https://bob.example</wp:comment_author_url>
                <wp:comment_author_IP>192.0.2.1</wp:comment_author_IP>
                <wp:comment_date_gmt>2019-03-03 10:00:00</wp:comment_date_gmt>
                <wp:comment_content><![CDATA[One <b>bold</b>
                line.

                Two]]></wp:comment_content><wp:comment_approved>{approved}</wp:comment_approved>
                <wp:comment_type>{type}</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent></wp:comment>
                """;
        var site = Open(
            Item(
                "7",
                more: Comment("1", "0", "1", "", "bob@example.com")
                    + Comment("2", "1", "0", "comment", "ann@old.example")
                    + Comment("3", "0", "1", "pingback", "")
                    + Comment("4", "0", "spam", "", "")
            )
        );
        Assert.Single(site.ReadFiles().ToList());

        var comments = site.ReadComments().ToList();

        Assert.Equal(
            ("a.html", "Bob & Co", "<p>One <b>bold</b><br>\nline.</p>\n<p>Two</p>\n", "approved"),
            (comments[0].File, comments[0].Comment!.Author, comments[0].Comment!.Text, comments[0].Comment!.State)
        );
        Assert.Equal(
            ("wordpress:1", "held", true),
            (comments[1].Comment!.Parent, comments[1].Comment!.State, comments[1].Comment!.ByAuthor)
        );
        Assert.True(comments[2].IsNotNeeded);
        Assert.Equal(("spam", null), (comments[3].Comment!.State, comments[3].Comment!.Email));
    }

    [Theory]
    [InlineData("<rss><channel></rss>", "no export of WordPress")]
    [InlineData("<html></html>", "does not begin with rss")]
    [InlineData("<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><rss>&b;</rss>", "no export of WordPress")]
    [InlineData("not XML", "no export of WordPress")]
    public void Hostile_and_broken_files_are_refused_with_a_sentence(string xml, string sentence)
    {
        _site.Add("export.xml", xml);
        var site = WordPressSite.Open(new FileInfo(Path.Combine(_site.Path, "export.xml")), uploads: null);

        var problem = Assert.Throws<ImportException>(() => site.ReadFiles().ToList());

        Assert.Contains(sentence, problem.Message, StringComparison.Ordinal);
    }
}
