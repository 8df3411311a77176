using ServerlessBlog.Import;
using ServerlessBlog.Import.Jekyll;
using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Tests.Import;

/// <summary>Sites of Jekyll as posts of this blog, without a storage.</summary>
public sealed class JekyllImportTests : IDisposable
{
    private readonly SiteFolderBuilder _site = new();

    public void Dispose() => _site.Dispose();

    private JekyllSite Open() => JekyllSite.Open(_site.Path, SiteFolderBuilder.Settings);

    /// <summary>Converts one post of a site; its body.</summary>
    private ConvertedFile Convert(string body, string config = "permalink: /:title/", string frontMatter = "title: A")
    {
        _site.Add("_config.yml", config).Add("_posts/2019-03-02-a.md", $"---\n{frontMatter}\n---\n{body}");
        return SiteFolderBuilder.Convert(Open())["2019-03-02-a.md"];
    }

    private static string BodyOf(ConvertedFile file) => file.Text!.Split("---\n", 3)[2];

    private static PostMetadata Read(ConvertedFile file)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(file.Text!);
        Assert.True(
            PostFile.TryRead(file.Name, bytes, TimeZoneInfo.Utc, out var read, out var problem),
            problem?.ToString()
        );
        return read.Metadata;
    }

    [Theory]
    [InlineData(null, "/2019/03/02/My_Post.v2.html")]
    [InlineData("pretty", "/2019/03/02/My_Post.v2/")]
    [InlineData("none", "/My_Post.v2.html")]
    [InlineData("ordinal", "/2019/061/My_Post.v2.html")]
    [InlineData("weekdate", "/2019/W09/Sat/My_Post.v2.html")]
    [InlineData("/archive/:year/:month/:day/:title/", "/archive/2019/03/02/My_Post.v2/")]
    [InlineData("/:slug", "/my-post-v2")]
    public void Posts_keep_the_addresses_that_their_pattern_gave(string? permalink, string address)
    {
        _site
            .Add("_config.yml", permalink is null ? "title: x" : $"permalink: {permalink}")
            .Add("_posts/2019-03-02-My_Post.v2.markdown", "---\ntitle: My post\n---\nText");

        var read = Read(SiteFolderBuilder.Convert(Open())["2019-03-02-My_Post.v2.markdown"]);

        Assert.Equal(address, read.Url!.Value.Text);
        Assert.Equal(new DateTimeOffset(2019, 3, 2, 0, 0, 0, TimeSpan.Zero), read.Date);
    }

    [Fact]
    public void Categories_come_from_folders_and_front_matter_and_stand_in_addresses()
    {
        _site
            .Add("_config.yml", "permalink: /:categories/:title/\nbaseurl: /blog\ntimezone: America/New_York")
            .Add("trade/_posts/2019-03-02-a.md", "---\ntitle: A\ncategories: News Old\n---\nText");

        var read = Read(SiteFolderBuilder.Convert(Open())["trade/2019-03-02-a.md"]);

        Assert.Equal("/blog/trade/news/old/a/", read.Url!.Value.Text);
        Assert.Equal("trade", read.Category);
        Assert.Equal(TimeSpan.FromHours(-5), read.Date!.Value.Offset);
    }

    [Fact]
    public void Drafts_pages_collections_and_defaults_become_what_they_are_here()
    {
        _site
            .Add(
                "_config.yml",
                """
                permalink: pretty
                collections:
                  recipes: { output: true, permalink: "/cook/:path/" }
                  hidden: { output: false }
                defaults:
                  - scope: { path: "", type: posts }
                    values: { author: Ann, comments: false }
                """
            )
            .Add("_drafts/idea.md", "---\ntitle: Idea\n---\nText")
            .Add("about.md", "---\ntitle: About\n---\nText")
            .Add("deep/down/page.html", "---\ntitle: Deep\npermalink: /down.html\n---\n<p>Text</p>")
            .Add("_recipes/soup.md", "---\n---\nText")
            .Add("_hidden/x.md", "---\ntitle: X\n---\nText")
            .Add("_layouts/default.html", "---\n---\n{{ content }}")
            .Add("index.html", "---\nlayout: home\n---\n{% for post in site.posts %}{% endfor %}")
            .Add("README.md", "No front matter")
            .Add("css/main.css", "a {}")
            .Add("_posts/2019-03-02-a.md", "---\ntitle: A\n---\nText");

        var files = SiteFolderBuilder.Convert(Open());

        Assert.True(Read(files["drafts/idea.md"]).Draft);
        Assert.True(Read(files["about.md"]) is { IsPage: true, InMenu: true });
        Assert.True(Read(files["deep/down/page.html"]) is { IsPage: true, InMenu: false, Url.Text: "/down.html" });
        Assert.True(Read(files["recipes/soup.md"]) is { Title: "Soup", Url.Text: "/cook/soup/" });
        Assert.True(Read(files["2019-03-02-a.md"]) is { Author: "Ann", Comments: false });
        Assert.All(["index.html", "README.md", "css/main.css"], name => Assert.True(files[name].IsMachinery));
        Assert.Equal(8, files.Count);
    }

    [Theory]
    [InlineData("{% raw %}{{ a }}{% endraw %}", "{{ a }}")]
    [InlineData("{% highlight ruby linenos %}\nputs 1\n{% endhighlight %}", "```ruby\nputs 1\n```")]
    [InlineData("[x]({% post_url 2019-03-02-a %})", "[x](/a/)")]
    [InlineData("[x]({% link _posts/2019-03-02-a.md %})", "[x](/a/)")]
    [InlineData("[x]({{ site.baseurl }}/b/)", "[x](/b/)")]
    [InlineData("[x]({{ '/b/' | relative_url }})", "[x](/b/)")]
    [InlineData("{{ page.title }} is {{ site.title }}", "A is Site")]
    [InlineData("{% include youtube.html id=\"abc123\" %}", "![YouTube](https://www.youtube.com/watch?v=abc123)")]
    [InlineData("{% vimeo 1234 %}", "![Vimeo](https://vimeo.com/1234)")]
    [InlineData(
        "{% include figure image_path=\"/x.png\" alt=\"X\" caption=\"Words\" %}",
        "^^^\n![X](/x.png)\n^^^ Words"
    )]
    [InlineData("{% figure caption:\"Words\" %}\n![X](x.png)\n{% endfigure %}", "^^^\n![X](x.png)\n^^^ Words")]
    [InlineData("{% notice %}\nMind.\n{% endnotice %}", "> [!NOTE]\n> Mind.")]
    [InlineData("a{% comment %}no{% endcomment %}b", "ab")]
    [InlineData("{% include unknown.html %}", "```liquid\n{% include unknown.html %}\n```")]
    [InlineData("a {% include unknown.html %} b", "a `{% include unknown.html %}` b")]
    [InlineData("{% if x %}\nText\n{% endif %}", "```liquid\n{% if x %}\nText\n{% endif %}\n```")]
    [InlineData("```\n{{ kept }} {% if %}\n```", "```\n{{ kept }} {% if %}\n```")]
    [InlineData("```\n{% raw %}{{ kept }}{% endraw %}\n```", "```\n{{ kept }}\n```")]
    [InlineData("50 {% of all", "50 {% of all")]
    public void Liquid_becomes_what_it_stands_for_or_code(string liquid, string markdown) =>
        Assert.Equal(markdown, BodyOf(Convert(liquid, "permalink: /:title/\ntitle: Site")));

    [Fact]
    public void What_cannot_be_translated_is_named_with_its_line()
    {
        var file = Convert("One\n\n{% for a in b %}\n{{ a }}\n{% endfor %}\n{: .notice}\n{{ page.x }}");

        Assert.Equal(3, file.Notes.Count);
        Assert.Contains(file.Notes, note => note.StartsWith("line 6: {% for a in b %}", StringComparison.Ordinal));
        Assert.Contains(file.Notes, note => note.StartsWith("line 9: {: .notice}", StringComparison.Ordinal));
        Assert.Contains(file.Notes, note => note.StartsWith("line 10: {{ page.x }}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{% include boilerplate/tools.md %}", "#### Tools\n\n- One of A")]
    [InlineData("{% include_cached box.html text=\"Mind\" %}", "<p>Mind</p>")]
    [InlineData("{% include box.html text='Mind' more=\"x\" %}", "<p>Mind<b>x</b></p>")]
    [InlineData("a {% include list.html %} b", "a `{% include list.html %}` b")]
    [InlineData("a {% include loop.html %} b", "a `{% include loop.html %}` b")]
    [InlineData("a {% include ../_config.yml %} b", "a `{% include ../_config.yml %}` b")]
    [InlineData("{% if page.title %}yes{% else %}no{% endif %}", "yes")]
    [InlineData("{% unless page.title %}yes{% else %}no{% endunless %}", "no")]
    [InlineData("{% if page.none %}yes{% if page.title %}x{% else %}y{% endif %}{% endif %}.", ".")]
    public void Includes_become_the_texts_of_their_files_when_all_in_them_can_be_translated(
        string liquid,
        string markdown
    )
    {
        _site
            .Add("_includes/boilerplate/tools.md", "#### Tools\n\n- One of {{ page.title }}\n")
            .Add(
                "_includes/box.html",
                "<p>{{ include.text }}{% if include.more %}<b>{{ include.more }}</b>{% endif %}</p>"
            )
            .Add("_includes/list.html", "{% for a in site.posts %}{{ a }}{% endfor %}")
            .Add("_includes/loop.html", "{% include loop.html %}");

        Assert.Equal(markdown, BodyOf(Convert(liquid)));
    }

    [Fact]
    public void Files_without_fields_of_their_own_and_names_that_begin_with_a_dot_are_read_as_Jekyll_reads_them()
    {
        _site
            .Add("_config.yml", "permalink: /archive/:year/:title/\nsource: .tmp/src")
            .Add("src/_posts/2006-12-18-.NET_Auction.aspx.markdown", "---\ntitle: A\ntags: [x]\ntags: [y]\n---\nText")
            .Add("src/transformers.md", "# Transformers\n\nText")
            .Add("src/README.md", "# Read me")
            .Add("src/notes/untitled.md", "---\nmathjax: true\n---\n\n# Notes #\n\nText");

        var files = SiteFolderBuilder.Convert(Open());

        var post = files["2006-12-18-.NET_Auction.aspx.markdown"];
        Assert.True(
            Read(post) is { Url.Text: "/archive/2006/.NET_Auction.aspx/", Date.Day: 18, Tags: ["y"] },
            post.Text
        );
        Assert.Contains("'tags' is there more than once", Assert.Single(post.Notes), StringComparison.Ordinal);
        Assert.True(Read(files["transformers.md"]) is { Title: "Transformers", Url.Text: "/transformers/" });
        Assert.Equal("\n\nText", BodyOf(files["transformers.md"]));
        Assert.Equal("Notes", Read(files["notes/untitled.md"]).Title);
        Assert.True(files["README.md"].IsMachinery);
    }

    [Theory]
    [InlineData("* TOC\n{:toc}\n\nText", "Text")]
    [InlineData("## One\n{: #two .three}", "## One {#two .three}")]
    [InlineData("[a](b){:target=\"_blank\" .x}", "[a](b){.x}")]
    [InlineData("![a](b){: width=\"30\"}", "![a](b){width=\"30\"}")]
    [InlineData("Text {: in} braces", "Text {: in} braces")]
    public void Attribute_lists_of_kramdown_become_ours(string kramdown, string markdown) =>
        Assert.Equal(markdown, BodyOf(Convert(kramdown)).Trim());

    [Fact]
    public void Pictures_keep_their_paths_below_media_and_links_follow()
    {
        _site
            .Add("assets/images/a b.png", "x")
            .Add("assets/css/x.css", "x")
            .Add("assets/notes.zip", "x")
            .Add("robots.txt", "x");

        var file = Convert(
            "![a](/assets/images/a%20b.png) <img src=\"https://old.example/assets/images/a%20b.png\"> "
                + "[c](/assets/css/x.css) [n](/assets/notes.zip) `/assets/images/a b.png`",
            "permalink: /:title/\nurl: https://old.example",
            "title: A\nimage: /assets/images/a%20b.png"
        );

        Assert.Contains(
            "![a](/media/assets/images/a%20b.png) <img src=\"/media/assets/images/a%20b.png\"> [c](/assets/css/x.css)",
            file.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("[n](/media/assets/notes.zip)", file.Text, StringComparison.Ordinal);
        Assert.Contains("image: /media/assets/images/a%20b.png\n", file.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_of_a_redirects_file_become_aliases_and_the_others_are_named()
    {
        _site.Add(
            "_redirects",
            "# Old\n/older /a/ 301\n/oldest /A  # words\n/x/* /a\n/gone https://b.example/\n/2019/* /:splat\n"
                + "https://c.example/* https://b.example/:splat\n"
        );

        var file = Convert("Text", frontMatter: "title: A\naliases: [/kept]\nredirect_from: /jekyll");
        var files = SiteFolderBuilder.Convert(Open());

        Assert.Equal(
            ["/kept", "/older", "/oldest", "/2019/a/", "/jekyll"],
            Read(file).Aliases.Select(alias => alias.Text)
        );
        Assert.Contains("pattern", files["_redirects, line 4"].Problem, StringComparison.Ordinal);
        Assert.Contains("no post", files["_redirects, line 5"].Problem, StringComparison.Ordinal);
        Assert.Contains("on another host", files["_redirects, line 7"].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_more_old_addresses_than_a_post_can_have_the_first_are_kept_and_it_is_said()
    {
        _site.Add("_redirects", string.Concat(Enumerable.Range(0, 40).Select(number => $"/old-{number} /a/\n")));

        var file = Convert("Text");

        Assert.Equal(30, Read(file).Aliases.Count);
        Assert.Contains("of 40 old addresses", Assert.Single(file.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Comments_of_Staticman_and_of_Disqus_find_their_posts_and_parents()
    {
        _site
            .Add("_config.yml", "title: x")
            .Add("_posts/2019-03-02-My_Post.v2.md", "---\ntitle: A\n---\nText")
            .Add(
                "_data/comments/my-post-v2/1.yml",
                "_id: s1\nname: Ann\nemail: 0bc83cb571cd1c50ba6f3e8a78ef1346\nmessage: |\n  *One*\n\n  Two\n"
                    + "date: 2019-04-01T10:00:00.1234567Z\nurl: ann.example.com\n"
            )
            .Add(
                "_data/comments/my-post-v2/2.yml",
                "_id: s2\nname: 12\nmessage: Reply\nreplying_to: '1'\ndate: 1554120000\n"
            )
            .Add(
                "_data/comments/my-post-v2/3.yml",
                "id: dsq-7\ndate: 2019-04-01T10:00:00.1234567+02:00\nname:\navatar: x\nmessage: '<p>5 * 3 * 2</p>"
                    + "'\nreplyToId: dsq-6\n"
            )
            .Add("_data/comments/nothing/1.yml", "id: 1\nname: A\nmessage: x\ndate: 2019-04-01\n")
            .Add("_data/comments/my-post-v2/4.yml", "- no mapping")
            .Add(
                "_data/comments/my-post-v2/5.yml",
                "id: 976cafef\ndate: 2019-01-29T20:29:31.9752969Z\nname: Bo\navatar: x\nmessage: \"A\\r\\n\\r\\n"
                    + "Dictionary<int>\nis wide\"\n"
            )
            .Add("_data/comments/about-us/1.yml", "id: 3\nname: A\nmessage: x\ndate: 2019-04-01\n")
            .Add("about-us.md", "---\ntitle: About\n---\nText");

        var site = Open();
        Assert.Equal(2, site.ReadFiles().Count());
        var comments = site.ReadComments()
            .ToDictionary(comment =>
                comment.Source[(comment.Source.LastIndexOf("comments/", StringComparison.Ordinal) + 9)..]
            );

        var first = comments["my-post-v2/1.yml"];
        Assert.Equal(
            ("2019-03-02-My_Post.v2.md", "*One*\n\nTwo\n", "markdown", null, "ann.example.com"),
            (first.File, first.Comment!.Text, first.Comment.Format, first.Comment.Email, first.Comment.Website)
        );
        Assert.Equal(first.Comment.Id, comments["my-post-v2/2.yml"].Comment!.Parent);
        Assert.Equal("12", comments["my-post-v2/2.yml"].Comment!.Author);
        var third = comments["my-post-v2/3.yml"];
        Assert.Equal(
            ("Anonymous", "html", "jekyll:dsq-6"),
            (third.Comment!.Author, third.Comment.Format, third.Comment.Parent)
        );
        Assert.Equal(1234567, third.Comment.Created.Ticks % TimeSpan.TicksPerSecond);
        Assert.Null(comments["nothing/1.yml"].File);
        Assert.NotNull(comments["my-post-v2/4.yml"].Problem);
        var fifth = comments["my-post-v2/5.yml"].Comment!;
        Assert.Equal(("A\r\n\r\nDictionary<int> is wide", "markdown"), (fifth.Text, fifth.Format));
        Assert.Equal("about-us.md", comments["about-us/1.yml"].File);
    }

    [Fact]
    public void Ten_thousand_open_tags_and_a_broken_file_end_soon_with_a_report()
    {
        var body = string.Concat(Enumerable.Repeat("{% a %}{{ b", 20_000));
        var file = Convert(body);
        Assert.Contains(file.Notes, note => note.Contains("template tags", StringComparison.Ordinal));

        _site.Add("_posts/2019-03-03-b.md", "---\ntitle: [\n---\n");
        File.WriteAllBytes(Path.Combine(_site.Path, "_posts/2019-03-04-c.md"), [0xFF, 0xFE, 0x00]);
        var files = SiteFolderBuilder.Convert(Open());
        Assert.StartsWith("line ", files["_posts/2019-03-03-b.md"].Problem, StringComparison.Ordinal);
        Assert.Contains("UTF-8", files["_posts/2019-03-04-c.md"].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_site_says_what_to_name() =>
        Assert.Contains("_config.yml", Assert.Throws<ImportException>(Open).Message, StringComparison.Ordinal);
}
