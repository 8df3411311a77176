using System.Text;
using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Tests.Posts.FrontMatter;

/// <summary>
/// The front matter fields for the address of a post, its times, its language and its place in lists.
/// </summary>
public sealed class PostMetadataTests
{
    private static readonly string[] OptionalFields =
    [
        "type",
        "weight",
        "menu",
        "url",
        "aliases",
        "redirect_from",
        "expiryDate",
        "outdated",
        "series",
        "featured",
        "pinned",
        "toc",
        "lang",
        "tags",
    ];

    [Fact]
    public void Every_field_is_read_in_the_spellings_of_other_programs_too()
    {
        var metadata = ReadHead(
            """
            type: page
            weight: 20
            menu: false
            url: /2009/Old%20Name.php
            aliases: [/one, /Two/, /ONE]
            redirect_from: /日本
            date: 2026-05-22
            expiryDate: 2027-01-01
            outdated: 2026-12-01 08:00
            series: Travels
            featured: true
            pinned: yes
            toc: no
            lang: pt-BR
            """
        );

        Assert.Equal((true, 20, false), (metadata.IsPage, metadata.Weight, metadata.InMenu));
        Assert.Equal("/2009/Old Name.php", metadata.Url?.Text);
        Assert.Equal(["/one", "/Two/", "/日本"], metadata.Aliases.Select(alias => alias.Text));
        Assert.Equal(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), metadata.Expires);
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.Zero), metadata.Outdated);
        Assert.Equal(
            ("Travels", true, true, false, "pt-BR"),
            (metadata.Series, metadata.Featured, metadata.Pinned, metadata.Contents, metadata.Language)
        );
    }

    [Fact]
    public void A_missing_field_and_an_empty_one_are_the_same()
    {
        var empty = string.Concat(OptionalFields.Select(name => $"{name}:\n"));

        foreach (var metadata in new[] { ReadHead(""), ReadHead(empty) })
        {
            Assert.Equal((false, null, false, null), (metadata.IsPage, metadata.Weight, metadata.InMenu, metadata.Url));
            Assert.Empty(metadata.Aliases);
            Assert.Empty(metadata.Tags);
            Assert.Equal((null, null, null), (metadata.Expires, metadata.Outdated, metadata.Series));
            Assert.Equal(
                (false, false, null, null),
                (metadata.Featured, metadata.Pinned, metadata.Contents, metadata.Language)
            );
        }
    }

    [Theory]
    [InlineData("type: page", true, false)]
    [InlineData("type: page\nmenu: true\ncomments: true", true, true)]
    [InlineData("type: page\nmenu: no", false, false)]
    [InlineData("type: post", false, true)]
    [InlineData("menu: true", false, true)] // has no meaning for a post
    public void A_static_page_is_in_the_menu_and_closed_for_comments_by_default(
        string fields,
        bool inMenu,
        bool comments
    ) => Assert.Equal((inMenu, comments), (ReadHead(fields).InMenu, ReadHead(fields).Comments));

    [Theory]
    [InlineData("type: gallery", 7, "'gallery' is not a type: write post or page.")]
    [InlineData("type: [post, page]", 7, "'type' must be one text, not a list.")]
    [InlineData("weight: -1", 9, "'-1' is not a number from 0 to 1000000.")]
    [InlineData("weight: 1.5", 9, "'1.5' is not a number from 0 to 1000000.")]
    [InlineData("weight: 1000001", 9, "'1000001' is not a number from 0 to 1000000.")]
    [InlineData("weight: 99999999999999999999", 9, "is not a number from 0 to 1000000.")]
    [InlineData("menu: main", 7, "'main' is neither true nor false: write one of the two.")]
    [InlineData("menu: {main: {weight: 1}}", 7, "'menu' must be a text or a list of texts.")]
    [InlineData("featured: maybe", 11, "'maybe' is neither true nor false")]
    [InlineData("pinned: 2", 9, "'2' is neither true nor false")]
    [InlineData("toc: [true, false]", 6, "'toc' must be one text, not a list.")]
    [InlineData(
        "expiryDate: someday",
        13,
        "'someday' is not a date: write 2026-05-22, 2026-05-22 14:30 or 2026-05-22T14:30:00+02:00."
    )]
    [InlineData("outdated: 2026-02-30", 11, "'2026-02-30' is not a date")]
    [InlineData("expiryDate: 3000-01-01", 13, "the year must be from 1700 to 2999.")]
    [InlineData(
        "date: 2026-05-22\nexpiryDate: 2026-05-22",
        13,
        "the post would be gone before readers see it: write a time after its 'date'."
    )]
    [InlineData("lang: pt_BR", 7, "'pt_BR' is not a language: write its tag, such as en, pt-BR or ar.")]
    [InlineData("lang: [en, de]", 7, "'lang' must be one text, not a list.")]
    [InlineData("tags: [good, '..']", 7, "the tag '..' cannot stand in an address: write a word.")]
    [InlineData("tags: .", 7, "the tag '.' cannot stand in an address: write a word.")]
    public void An_invalid_value_is_refused_with_line_and_column(string fields, int column, string expected)
    {
        var problem = ReadProblem(fields);

        Assert.Equal((fields.Split('\n').Length + 2, column), (problem.Line, problem.Column));
        Assert.Contains(expected, problem.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("old.php")]
    [InlineData("/")]
    [InlineData("//elsewhere.example/a")]
    [InlineData("https://elsewhere.example/a")]
    [InlineData("/a//b")]
    [InlineData("/a/../b")]
    [InlineData("/a/%2E%2e/b")]
    [InlineData("/a?b=1")]
    [InlineData("/a#b")]
    [InlineData("/a\\b")]
    [InlineData("/a%00b")]
    public void An_invalid_path_is_refused_in_every_path_field(string path)
    {
        foreach (var (field, column) in new[] { ("url", 6), ("aliases", 10), ("redirect_from", 16) })
        {
            var problem = ReadProblem($"{field}: '{path}'");

            Assert.Equal(
                $"line 3, column {column}: in '{field}': '{path}' is not a path: write it from the root, such as "
                    + $"/2009/old-name.html, without ? and #, at most 200 characters.",
                problem.ToString()
            );
        }
    }

    [Fact]
    public void The_path_of_a_comment_page_is_refused_in_every_path_field()
    {
        foreach (var field in new[] { "url", "aliases", "redirect_from" })
        {
            Assert.Contains(
                "'/a/Comments/2/' is where a page of comments stands, of the post at /a: write another one.",
                ReadProblem($"{field}: /a/Comments/2/").Sentence,
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData("/media/cat.jpg")]
    [InlineData("/Feed.XML")]
    [InlineData("/%74ags")]
    [InlineData("/archive/")]
    public void A_reserved_path_is_refused_in_every_path_field(string path)
    {
        foreach (var field in new[] { "url", "aliases", "redirect_from" })
        {
            Assert.Contains(
                $"'{path}' is an address that the blog needs for itself: write another one.",
                ReadProblem($"{field}: {path}").Sentence,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void A_series_name_has_at_most_100_characters()
    {
        Assert.Equal(100, ReadHead($"series: {new string('x', 100)}").Series?.Length);
        Assert.Equal(
            "line 3, column 9: 'series' has 101 characters: keep at most 100.",
            ReadProblem($"series: {new string('x', 101)}").ToString()
        );
    }

    [Theory]
    [InlineData("aliases", 31, 0, 10)]
    [InlineData("redirect_from", 0, 31, 16)]
    [InlineData("aliases", 16, 15, 10)]
    public void A_post_has_at_most_30_aliases_over_both_fields(string field, int aliases, int redirects, int column)
    {
        static string Fields(int aliases, int redirects) =>
            $"aliases: [{string.Join(", ", Enumerable.Range(0, aliases).Select(number => $"/a{number}"))}]\n"
            + $"redirect_from: [{string.Join(", ", Enumerable.Range(0, redirects).Select(number => $"/b{number}"))}]";

        var most = ReadHead(Fields(Math.Max(0, aliases - 1), aliases == 0 ? redirects - 1 : redirects));
        var problem = ReadProblem(Fields(aliases, redirects));

        Assert.Equal(30, most.Aliases.Count);
        Assert.Equal(
            (field == "aliases" ? 3 : 4, column, $"in '{field}': there are 31 old addresses: keep at most 30."),
            (problem.Line, problem.Column, problem.Sentence)
        );
    }

    [Theory]
    [InlineData("tags: one, two ,, Two", "one two")]
    [InlineData("tags: [C#, '.NET', c#]", "C# .NET")]
    [InlineData("tags: [a/b, a-b, '']", "a/b")]
    [InlineData("tags: [日本, Ü, ü]", "日本 Ü")]
    public void Spellings_of_one_tag_are_merged_into_the_first(string field, string tags) =>
        Assert.Equal(tags, string.Join(' ', ReadHead(field).Tags));

    private static PostMetadata ReadHead(string fields) =>
        TryRead(fields, out var file, out var problem)
            ? file!.Metadata
            : throw new InvalidOperationException(problem!.ToString());

    private static Problem ReadProblem(string fields) =>
        TryRead(fields, out _, out var problem) ? throw new InvalidOperationException("It was read.") : problem!;

    private static bool TryRead(string fields, out PostFile? file, out Problem? problem) =>
        PostFile.TryRead(
            "f.md",
            Encoding.UTF8.GetBytes($"---\ntitle: T\n{fields.ReplaceLineEndings("\n")}\n---\n"),
            TimeZoneInfo.Utc,
            out file,
            out problem
        );
}
