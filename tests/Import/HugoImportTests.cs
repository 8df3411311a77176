using ServerlessBlog.Import;
using ServerlessBlog.Import.Hugo;
using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Tests.Import;

/// <summary>Sites of Hugo as posts of this blog, without a storage.</summary>
public sealed class HugoImportTests : IDisposable
{
    private readonly SiteFolderBuilder _site = new();

    public void Dispose() => _site.Dispose();

    private Dictionary<string, ConvertedFile> Convert(string config = "baseURL = 'https://old.example/'")
    {
        _site.Add("hugo.toml", config);
        return SiteFolderBuilder.Convert(HugoSite.Open(_site.Path, SiteFolderBuilder.Settings));
    }

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
    [InlineData("posts/My Trip.md", "", "/posts/my-trip/")]
    [InlineData("posts/2019/a.md", "", "/posts/2019/a/")]
    [InlineData("posts/trip/index.md", "", "/posts/trip/")]
    [InlineData("posts/a.md", "slug: Other.One", "/posts/other.one/")]
    [InlineData("posts/a.md", "url: /exact.html", "/exact.html")]
    [InlineData("notes/a.md", "", "/n/2019/03/a")]
    [InlineData("deep/er/a.md", "", "/deep/er/2019/a/")]
    [InlineData("posts/a.zh.md", "", "/zh/posts/a/")]
    [InlineData("posts/你好.md", "", "/posts/你好/")]
    public void Pages_keep_the_addresses_that_they_had(string name, string more, string address)
    {
        _site.Add("content/" + name, $"---\ntitle: A\ndate: 2019-03-02\n{more}\n---\nText");

        var files = Convert(
            """
            baseURL = "https://old.example/"
            defaultContentLanguage = "en"
            [permalinks]
            notes = "/n/:year/:month/:slugorfilename"
            deep = "/:sections/:year/:filename/"
            [languages.en]
            [languages.zh]
            """
        );

        Assert.Equal(address, Read(files[name]).Url!.Value.Text);
    }

    [Fact]
    public void Arrays_of_tables_slugs_with_slashes_and_pages_that_are_only_included_are_read_as_Hugo_reads_them()
    {
        _site
            .Add("content/_common/_index.md", "---\ncascade:\n  build:\n    render: never\n---\n")
            .Add("content/_common/note.md", "---\ntitle: Note\n---\nMind {{< param title >}}.\n")
            .Add("content/_common/open.md", "---\n---\n{{< unknown >}}\n")
            .Add("content/hidden.md", "---\ntitle: H\nheadless: true\n---\nText")
            .Add("content/😀-x.md", "+++\ndraft = false\n+++\nText")
            .Add("content/about.md", "---\nslug: en/about\n---\n# About us\nText")
            .Add(
                "content/posts/a.md",
                "+++\ntitle = 'A'\ndate = 2019-03-02\n[[resources]]\nsrc = 'a.png'\n[resources.params]\nx = 1\n"
                    + "[[resources]]\nsrc = 'b.png'\n[resources.params]\nx = 2\n+++\n"
                    + "{{% include \"/_common/note.md\" %}}\n\n{{% include \"_common/open.md\" %}}"
            );

        var files = Convert(
            "baseURL = 'https://old.example/'\n[[cascade]]\n[cascade.params]\na = 1\n[[cascade]]\n"
                + "[cascade.params]\na = 2"
        );

        Assert.All(["content/_common/_index.md", "content/_common/note.md", "content/hidden.md"], source =>
            Assert.True(files[source].IsMachinery)
        );
        Assert.Equal("😀 x", Read(files["😀-x.md"]).Title);
        Assert.True(Read(files["about.md"]) is { Title: "About us", Url.Text: "/en/about/" });
        Assert.Equal("/posts/a/", Read(files["posts/a.md"]).Url!.Value.Text);
        Assert.EndsWith(
            "+++\nMind A.\n\n```text\n{{% include \"_common/open.md\" %}}\n```",
            files["posts/a.md"].Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Front_matter_in_TOML_and_JSON_and_fields_of_themes_are_read()
    {
        _site
            .Add("static/img/a.png", "x")
            .Add(
                "content/posts/toml.md",
                "+++\ntitle = 'T'\ndate = 2019-03-02\ntype = 'docs'\naliases = ['/old/', 'near']\n[cover]\nimage "
                    + "= '/img/a.png'\n+++\nText"
            )
            .Add(
                "content/posts/json.md",
                "{ \"title\": \"J\", \"date\": \"2019-03-02\", \"tags\": [\"a\", \"b\"], \"draft\": true, "
                    + "\"authors\": [\"Ann\"] }\n\nText"
            )
            .Add("content/about.md", "---\ntitle: About\nmenu: main\nweight: -5\n---\nText");

        var files = Convert();

        var toml = Read(files["posts/toml.md"]);
        Assert.Equal(["/old/", "/posts/near"], toml.Aliases.Select(alias => alias.Text));
        Assert.Equal("/media/img/a.png", toml.Picture!.Address);
        var json = Read(files["posts/json.md"]);
        Assert.Equal(("J", true, "Ann"), (json.Title, json.Draft, json.Author));
        Assert.Equal(["a", "b"], json.Tags);
        Assert.True(Read(files["about.md"]) is { IsPage: true, InMenu: true, Url.Text: "/about/" });
    }

    [Fact]
    public void Sections_with_a_text_are_pages_and_bundles_keep_their_files()
    {
        _site
            .Add("content/_index.md", "---\ntitle: Home\n---\nWelcome")
            .Add("content/docs/_index.md", "---\ntitle: Docs\n---\nAll of it.")
            .Add("content/empty/_index.md", "---\ntitle: Empty\n---\n")
            .Add("content/docs/_index.zh.md", "---\ntitle: 文档\n---\n全部。")
            .Add("content/posts/trip/index.md", "---\ntitle: Trip\ndate: 2019-03-02\n---\n![s](sea.jpg)")
            .Add("content/posts/trip/sea.jpg", "x")
            .Add("content/posts/trip/part.md", "---\ntitle: Part\n---\nText")
            .Add("layouts/_default/single.html", "{{ .Content }}");

        var files = Convert("defaultContentLanguage = 'en'\n[languages.en]\n[languages.zh]");

        Assert.True(files["content/_index.md"].IsMachinery);
        Assert.True(files["content/empty/_index.md"].IsMachinery);
        Assert.True(
            Read(files["docs/_index.md"])
                is { IsPage: true, Url.Text: "/docs/", Language: "en", TranslationKey: "docs/_index" }
        );
        Assert.True(
            Read(files["docs/_index.zh.md"]) is { Url.Text: "/zh/docs/", Language: "zh", TranslationKey: "docs/_index" }
        );
        Assert.Equal(
            ("posts", "posts/trip/sea.jpg"),
            (files["posts/trip/sea.jpg"].Container, files["posts/trip/sea.jpg"].Name)
        );
        Assert.NotNull(files["content/posts/trip/part.md"].Problem);
        Assert.DoesNotContain(files.Keys, name => name.Contains("layouts", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{{< youtube abc123 >}}", "![YouTube](https://www.youtube.com/watch?v=abc123)")]
    [InlineData("{{% vimeo id=\"1234\" %}}", "![Vimeo](https://vimeo.com/1234)")]
    [InlineData("{{< figure src=\"/x.png\" alt=\"X\" caption=\"Words\" >}}", "^^^\n![X](/x.png)\n^^^ Words")]
    [InlineData("{{< highlight go \"linenos=1\" >}}\nx := 1\n{{< /highlight >}}", "```go\nx := 1\n```")]
    [InlineData("[o]({{< ref \"other.md#part\" >}})", "[o](/posts/other/#part)")]
    [InlineData("[o]({{< relref \"/posts/other\" >}})", "[o](/posts/other/)")]
    [InlineData("{{< gist ann 12ab >}}", "[Gist](https://gist.github.com/ann/12ab)")]
    [InlineData(
        "{{< details summary=\"More\" >}}\n*Text*\n{{< /details >}}",
        "<details><summary>More</summary>\n\n*Text*\n\n</details>"
    )]
    [InlineData("{{% notice tip %}}\nMind.\n{{% /notice %}}", "> [!TIP]\n> Mind.")]
    [InlineData("`{{</* youtube x */>}}`", "`{{< youtube x >}}`")]
    [InlineData("```\n{{</* youtube x */>}}\n{{ .Site }}\n```", "```\n{{< youtube x >}}\n{{ .Site }}\n```")]
    [InlineData("{{< other >}}\nText\n{{< /other >}}", "```text\n{{< other >}}\nText\n{{< /other >}}\n```")]
    [InlineData("a {{< new-in 0.1 />}} b", "a `{{< new-in 0.1 />}}` b")]
    [InlineData("{{ .Title }}", "{{ .Title }}")]
    public void Shortcodes_become_what_they_stand_for_or_code(string source, string markdown)
    {
        _site
            .Add("content/posts/a.md", $"---\ntitle: A\ndate: 2019-03-02\n---\n{source}")
            .Add("content/posts/other.md", "---\ntitle: O\ndate: 2019-03-02\n---\nText");

        Assert.Equal(markdown, Convert()["posts/a.md"].Text!.Split("---\n", 3)[2]);
    }

    [Fact]
    public void A_folder_without_a_site_and_a_broken_configuration_say_what_to_do()
    {
        Assert.Contains(
            "hugo.toml",
            Assert.Throws<ImportException>(() => HugoSite.Open(_site.Path, SiteFolderBuilder.Settings)).Message,
            StringComparison.Ordinal
        );
        _site.Add("hugo.toml", "a = [");
        Assert.Contains(
            "hugo.toml cannot be read",
            Assert.Throws<ImportException>(() => HugoSite.Open(_site.Path, SiteFolderBuilder.Settings)).Message,
            StringComparison.Ordinal
        );
    }
}
