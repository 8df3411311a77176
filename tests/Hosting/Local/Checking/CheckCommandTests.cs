using System.Diagnostics;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Local.Checking;

/// <summary>The <c>check</c> command of the built program: no blog runs, and there is no storage.</summary>
public sealed class CheckCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blog-check-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_folder_without_mistakes_prints_only_the_sum()
    {
        Write("one.md", "---\ntitle: One\n---\n![The sea](sea.png) [Two](deep/two.md#end) [One](/posts/one)\n");
        Write("deep/two.md", "---\ntitle: Two\nimage: /media/sea.png\n---\n## End\n\n[Home](/) [Tags](/tags)\n");
        Write("trip/index.md", "---\ntitle: Trip\n---\n![The sea](sea.png)\n");
        WritePicture("sea.png");
        WritePicture("trip/sea.png");
        Write("theme/theme.css", ":root { --accent: light-dark(#00607a, #7fd3ea); }");
        Write("notes.txt", "Not for readers.");
        Write(".hidden/draft.md", "No front matter.");

        Assert.Equal((0, "6 checked: 0 refused, 0 with warnings\n", ""), await RunAsync("."));
    }

    [Fact]
    public async Task Warnings_have_their_lines_and_fail_only_a_strict_check()
    {
        Write(
            "post.md",
            "---\ntitle: T\ntag: x\nlayout: wide\n---\nText.\n\n![No](missing.png)\n\n[No](/posts/nope) [No](x.md)\n"
        );

        var (code, output, error) = await RunAsync(".");
        var (strict, sameOutput, _) = await RunAsync(".", "--strict");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal((1, output), (strict, sameOutput));
        Assert.Equal(
            [
                "post.md: 4 warnings",
                "  line 4: the field 'layout' is kept, and not used.",
                "  line 8, column 1: missing.png is missing: upload the picture.",
                "  line 10, column 1: /posts/nope leads nowhere: no post is there.",
                "  line 10, column 19: x.md leads nowhere: there is no post of the file x.md.",
                "1 checked: 0 refused, 1 with warnings",
            ],
            Lines(output)
        );
    }

    [Fact]
    public async Task Two_translations_into_the_same_language_get_a_warning_each()
    {
        Write("theme/site.yml", "language: de\n");
        Write("one.md", "---\ntitle: Eins\ntranslationKey: One\n---\nText.\n");
        Write("two.md", "---\ntitle: Zwei\ntranslationKey: one\nlang: de\n---\nText. Mehr.\n");
        Write("en.md", "---\ntitle: One\ntranslationKey: one\nlang: en\n---\nText. More.\n");

        var (_, output, _) = await RunAsync(".");

        Assert.Contains("one.md: two.md has the same 'translationKey'", output, StringComparison.Ordinal);
        Assert.Contains("two.md: one.md has the same 'translationKey'", output, StringComparison.Ordinal);
        Assert.Contains("4 checked: 0 refused, 2 with warnings", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_is_that_of_publishing()
    {
        string[] posts =
        [
            "---\ntitle: T\nlayout: wide\n---\n[No](#nowhere) {% include x %}\n\n<b>open\n",
            "---\ntitle: T\ndate: 01/02/2019\n---\nText.\n",
            "---\ntags: [a]\n---\nText.\n",
            "---\ntitle: T\nurl: /tags\n---\nText.\n",
            "Text.\n",
        ];
        await using var blog = await TestBlog.StartAsync();
        foreach (var (number, text) in posts.Index())
        {
            Write($"{number}.md", text);
            var report = await blog.UploadAsync($"{number}.md", text);

            var (code, output, _) = await RunAsync($"{number}.md");

            var isRefused = report.Outcome == UploadOutcome.Refused;
            Assert.Equal(isRefused ? 1 : 0, code);
            Assert.Equal(
                isRefused
                    ? [$"{number}.md: refused: {report.Lines[0]}"]
                    : report.Lines.Skip(1).Select(line => "  " + line),
                Lines(output)[(isRefused ? 0 : 1)..^1]
            );
        }
    }

    [Fact]
    public async Task Two_files_with_one_address_or_one_id_are_reported()
    {
        Write("a.md", "---\ntitle: A\n---\nText.\n");
        Write("b.md", "---\ntitle: B\nslug: a\n---\nOther.\n");
        Write("c.md", "---\ntitle: C\naliases: [/posts/a]\nid: old.md\n---\nMore.\n");
        Write("d.md", "---\ntitle: D\nid: old.md\n---\nElse.\n");
        Write("e.md", "---\ntitle: E\nslug: a\ndraft: true\n---\nWords.\n");

        var (code, output, _) = await RunAsync(".");

        Assert.Equal(1, code);
        Assert.Equal(
            [
                "b.md: refused: line 1: the address /posts/a belongs to a.md: "
                    + "give this post another one with 'slug: ...'.",
                "c.md: the old address /posts/a belongs to a.md and stays there.",
                "d.md: refused: line 1: its 'id', with the comments, belongs to c.md: delete that file first, "
                    + "or write another 'id'.",
                "5 checked: 2 refused, 1 with warnings",
            ],
            Lines(output).Select(line => line.Replace("line 1, column 1", "line 1", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Pictures_and_theme_files_are_checked_too()
    {
        Write("photo.jpg", "This is no picture.");
        Write("theme/site.yml", "taglin: Mine\n");
        Write("theme/texts.json", "{");
        Write("theme/them.css", "");

        var (code, output, _) = await RunAsync(".");

        var lines = Lines(output);
        Assert.Equal(1, code);
        Assert.StartsWith("photo.jpg: refused: this picture is of no kind", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("theme/site.yml: ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("theme/texts.json: refused: ", lines[2], StringComparison.Ordinal);
        Assert.Equal(
            ["theme/them.css: this file has no effect on pages: did you mean theme/theme.css?"],
            lines.Where(line => line.StartsWith("theme/them.css", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task One_file_is_checked_as_part_of_its_folder()
    {
        Write("one.md", "---\ntitle: One\n---\n[Two](two.md) ![The sea](sea.png)\n");
        Write("two.md", "Refused, but not asked for.");
        Write("three.md", "---\ntitle: Three\n---\nText.\n");
        WritePicture("sea.png");

        Assert.Equal(
            (
                0,
                "one.md: line 4, column 1: two.md leads nowhere: there is no post of the file two.md.\n"
                    + "1 checked: 0 refused, 1 with warnings\n",
                ""
            ),
            await RunAsync("one.md")
        );
    }

    [Theory]
    [InlineData("nowhere", "There is no file or folder nowhere: check the name.\n")]
    [InlineData("empty", "There is no post, picture or file of the theme in empty: check the name.\n")]
    public async Task A_wrong_name_is_reported_in_one_sentence(string path, string sentence)
    {
        _folder.CreateSubdirectory("empty");

        Assert.Equal((1, "", sentence), await RunAsync(path));
    }

    [Fact]
    public async Task A_thousand_files_take_seconds()
    {
        foreach (var number in Enumerable.Range(0, 1000))
        {
            var paragraphs = string.Concat(Enumerable.Repeat("Words with *stress* and [a link](0.md).\n\n", 50));
            Write(
                $"{number}.md",
                $"---\ntitle: Post {number}\ntags: [a, b]\n---\n{paragraphs}```cs\nvar a = 1;\n```\n"
            );
        }

        var watch = Stopwatch.StartNew();
        var (code, output, _) = await RunAsync(".");

        Assert.Equal(0, code);
        Assert.EndsWith("1,000 checked: 0 refused, 0 with warnings\n", output, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60)); // 6 s alone on two cores
    }

    private void Write(string name, string text)
    {
        var file = new FileInfo(Path.Combine(_folder.FullName, name));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }

    private void WritePicture(string name)
    {
        Write(name, "");
        File.WriteAllBytes(
            Path.Combine(_folder.FullName, name),
            TestPictures.Encode(2, 2, SkiaSharp.SKEncodedImageFormat.Png)
        );
    }

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var check = ProgramRun.Start(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "ServerlessBlog.dll"), "check", .. arguments],
            [new("Blog__BaseUrl", "http://blog.test")],
            _folder.FullName
        );
        var code = await check.EndAsync();
        return (code, check.Output, check.Errors);
    }
}
