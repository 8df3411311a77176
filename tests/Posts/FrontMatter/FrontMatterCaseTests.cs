using System.Text;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Posts.FrontMatter;

/// <summary>
/// Front matter as other programs and people write it: the cases F01 to F14 and others of their kinds.
/// </summary>
public sealed class FrontMatterCaseTests
{
    [Theory]
    [InlineData("published: no")]
    [InlineData("published: off")]
    [InlineData("published: False")]
    [InlineData("draft: on")]
    [InlineData("published: true\ndraft: yes")]
    public void What_is_not_published_is_a_draft(string fields)
    {
        Assert.True(Read(TextCase.Find("F01")).Metadata.Draft);
        Assert.True(ReadFields(fields).Metadata.Draft);
        Assert.False(ReadFields("published: true").Metadata.Draft);
    }

    [Fact]
    public void A_date_in_published_is_the_date_and_anything_else_is_refused()
    {
        Assert.Equal((Day(2019, 1, 2), false), (ReadFields("published: 2019-01-02").Metadata.Date, false));
        Assert.Equal(
            "line 3, column 12: in 'published': 'maybe' is neither true nor false: write one of the two, or a date.",
            ProblemOf("---\ntitle: T\npublished: maybe\n---\n")
        );
    }

    [Theory]
    [InlineData("F02", "A blank after the dashes", "x", 4)]
    [InlineData("F03", "An empty line before", "x", 5)]
    [InlineData("F04", "x", "body", 4)]
    public void Blanks_and_empty_lines_around_the_front_matter_do_not_matter(
        string id,
        string title,
        string body,
        int line
    )
    {
        var file = Read(TextCase.Find(id));

        Assert.Equal((title, body, line), (file.Metadata.Title, file.Body, file.FirstLine));
    }

    [Theory]
    [InlineData("\r\n \r\n---\t\r\ntitle: T\r\n---  \r\nBody\r\n", "Body\n", 6)]
    [InlineData("---\ntitle: T\n...\n---\nBody", "Body", 5)]
    [InlineData("---\ntitle: T\n... \nBody\n---\nmore", "Body\n---\nmore", 4)]
    [InlineData("\n+++ \ntitle = 'T'\n+++\nBody", "Body", 5)]
    [InlineData("---\ntitle: T\n---", "", 3)]
    public void The_body_begins_after_the_line_that_ends_the_fields(string text, string body, int line) =>
        Assert.Equal((body, line), (Read(text).Body, Read(text).FirstLine));

    [Theory]
    [InlineData("2019-03-02-no-date-inside.md", "no-date-inside")]
    [InlineData("_posts/2019-3-2-no-date-inside.markdown", "no-date-inside")]
    [InlineData("2019-03-02-no-date-inside/index.html", "no-date-inside")]
    public void A_file_name_of_Jekyll_gives_date_and_slug(string name, string slug)
    {
        var dated = Read(TextCase.Find("F05"), name, "America/New_York").Metadata;
        var own = Read("---\ntitle: T\ndate: 2020-05-06\nslug: other\n---\n", name).Metadata;

        Assert.Equal(new DateTimeOffset(2019, 3, 2, 0, 0, 0, TimeSpan.FromHours(-5)), dated.Date);
        Assert.Equal(slug, dated.Slug.ToString());
        Assert.Equal((Day(2020, 5, 6), "other"), (own.Date, own.Slug.ToString()));
    }

    [Theory]
    [InlineData("2019-13-02-name.md", "2019-13-02-name")]
    [InlineData("2019-03-02.md", "2019-03-02")]
    [InlineData("12019-03-02-name.md", "12019-03-02-name")]
    public void A_name_that_begins_otherwise_has_no_date(string name, string slug)
    {
        var metadata = Read("---\ntitle: T\n---\n", name).Metadata;

        Assert.Equal((null, slug), (metadata.Date, metadata.Slug.ToString()));
    }

    [Theory]
    [InlineData("title: one\ntitle: two", "the field 'title' is there twice, on lines 2 and 3: keep one.")]
    [InlineData("title: T\nimage:\n  alt: a\n  alt: b", "the field 'alt' is there twice, on lines 4 and 5: keep one.")]
    public void A_field_that_is_there_twice_is_refused_with_both_lines(string fields, string sentence)
    {
        Assert.Contains(" 2 and 3: keep one.", ProblemOf(TextCase.Find("F14")), StringComparison.Ordinal);
        Assert.Contains(sentence, ProblemOf($"---\n{fields}\n---\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelled_field_is_named_with_the_nearest_known_one()
    {
        Assert.EndsWith(
            "a post needs a title: write 'title: ...' in the front matter. Line 2 has 'titel': did you mean 'title'?",
            ProblemOf(TextCase.Find("F10")),
            StringComparison.Ordinal
        );
        Assert.Equal(
            [
                "line 3: the field 'titel' is kept, and not used: did you mean 'title'?",
                "line 4: the field 'categorie' is kept, and not used: did you mean 'categories'?",
                "line 5: the field 'aliasses' is kept, and not used: did you mean 'aliases'?",
                "line 6: the field 'layout' is kept, and not used.",
            ],
            ReadFields("titel: x\ncategorie: x\naliasses: /x\nlayout: post").Notes
        );
    }

    [Fact]
    public void A_name_in_other_capitals_is_the_same_field()
    {
        var file = Read("---\nTitle: T\nDATE: 2019-01-02\nexpirydate: 2030-01-01\n---\n");

        Assert.Equal(
            ("T", Day(2019, 1, 2), Day(2030, 1, 1)),
            (file.Metadata.Title, file.Metadata.Date, file.Metadata.Expires)
        );
        Assert.Empty(file.Notes);
    }

    [Fact]
    public void Fields_of_other_programs_are_used()
    {
        var file = Read(TextCase.Find("F09"));

        Assert.Equal(["one", "two", "three", "A", "B"], file.Metadata.Tags);
        Assert.Equal(
            ("d", "A", Day(2020, 1, 1)),
            (file.Metadata.Summary, file.Metadata.Category, file.Metadata.Updated)
        );
        Assert.Equal(
            [
                "line 3: 'tags' is one text, and is read as 3 tags: one | two | three "
                    + "(put commas between tags of several words)",
            ],
            file.Notes
        );
    }

    [Theory]
    [InlineData("tags: New York, Rome", "New York|Rome")]
    [InlineData("tag: New York", "New York")]
    [InlineData("category: New York\ntags: [a b]", "a b|New York")]
    [InlineData("categories: a b\nkeywords: c、d", "c|d|a|b")]
    [InlineData("tags: one\ntag: One", "one")]
    public void Tags_come_from_several_fields_and_a_text_is_split(string fields, string tags) =>
        Assert.Equal(tags, string.Join('|', ReadFields(fields).Metadata.Tags));

    [Fact]
    public void Categories_are_no_tags_when_the_setting_says_so()
    {
        var bytes = Encoding.UTF8.GetBytes("---\ntitle: T\ntags: a\ncategories: [b]\n---\n");

        Assert.True(PostFile.TryRead("f.md", bytes, TimeZoneInfo.Utc, out var file, out _, categoriesAreTags: false));
        Assert.Equal("a b", $"{string.Join(' ', file.Metadata.Tags)} {file.Metadata.Category}");
    }

    [Theory]
    [InlineData("excerpt: e", "e")]
    [InlineData("description: d\nsummary: s", "s")]
    public void A_summary_has_several_names(string fields, string summary) =>
        Assert.Equal(summary, ReadFields(fields).Metadata.Summary);

    [Theory]
    [InlineData("last_modified_at: 2020-01-01")]
    [InlineData("updated: 2020-01-01")]
    [InlineData("modified: 2020-01-01")]
    [InlineData("lastmod: 2020-01-01\nupdated: 2021-01-01")]
    public void The_last_change_has_several_names(string fields) =>
        Assert.Equal(Day(2020, 1, 1), ReadFields(fields).Metadata.Updated);

    [Fact]
    public void Of_two_fields_of_one_meaning_the_report_names_the_one_that_is_not_used() =>
        Assert.Equal(
            ["line 3: the field 'publishDate' is not used beside 'date'."],
            ReadFields("publishDate: 2019-01-01\ndate: 2019-01-02").Notes
        );

    [Theory]
    [InlineData("title: \"\\u200B\\u200D\"")]
    [InlineData("title: \"\\u2066\\u2069\\u00AD\"")]
    [InlineData("title: \"\\u3164\"")]
    [InlineData("title: \"\\u2800\\uFE0F\"")]
    [InlineData("title: '&#x200B;'")]
    public void A_title_needs_a_visible_character(string title)
    {
        Assert.Contains("'title'", ProblemOf(TextCase.Find("F11")), StringComparison.Ordinal);
        Assert.Contains("'title", ProblemOf($"---\n{title}\n---\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"a\\u202Eb\\u202C\"", "ab")]
    [InlineData("\"\\u2067a\\u2069\"", "a")]
    public void Direction_controls_are_taken_out_of_a_title_and_the_report_says_so(string written, string title)
    {
        var file = Read($"---\ntitle: {written}\n---\n");

        Assert.Equal(title, file.Metadata.Title);
        Assert.Equal(["line 2: controls of the writing direction in 'title' are taken out."], file.Notes);
        Assert.Equal("\u200Fa", Read("---\ntitle: \"\\u200Fa\"\n---\n").Metadata.Title);
    }

    [Theory]
    [InlineData("'The &amp;lt; sign'", "The &lt; sign")]
    [InlineData("a&nbsp;b &#8217; &#x2019; &apos;", "a\u00A0b ’ ’ '")]
    [InlineData("'&lt;b&gt; &#0; &#xD800; &hellip; &copy &'", "<b> &#0; &#xD800; &hellip; &copy &")]
    public void Character_references_in_titles_and_summaries_are_decoded_once(string written, string text)
    {
        Assert.Equal("A \"b\"", Read(TextCase.Find("F07")).Metadata.Title);

        var file = ReadFields($"summary: {written}");

        Assert.Equal(text, file.Metadata.Summary);
        Assert.Equal(
            $"line 3: character references in 'summary' are shown as characters: {text}",
            Assert.Single(file.Notes)
        );
    }

    [Fact]
    public void A_picture_can_be_a_mapping()
    {
        var picture = new PostPicture("/media/a.jpg", "An apple", null, null);
        Assert.Equal(picture, Read(TextCase.Find("F08")).Metadata.Picture);

        foreach (var name in new[] { "path", "src", "url", "feature" })
        {
            var file = ReadFields(
                $"image_alt: Not this\nimage: {{{name}: a.jpg, alt: An apple, caption: 'Red &amp; round', "
                    + "credit: 'Ann, https://e.org/a', teaser: b.jpg}"
            );
            Assert.Equal(
                new PostPicture("a.jpg", "An apple", "Ann", "https://e.org/a") { Caption = "Red & round" },
                file.Metadata.Picture
            );
            Assert.Contains("line 4: the field 'image.teaser' is kept, and not used.", file.Notes);
        }

        Assert.Equal(
            "line 4, column 9: in 'image.path': 'data:x' is not an address: write /media/picture.jpg, the name of a "
                + "picture beside the post, or an https address.",
            ProblemOf("---\ntitle: T\nimage:\n  path: data:x\n---\n")
        );
    }

    private static DateTimeOffset Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);

    private static PostFile ReadFields(string fields) => Read($"---\ntitle: T\n{fields}\n---\n");

    private static PostFile Read(string text, string name = "f.md", string zone = "UTC") =>
        PostFile.TryRead(
            name,
            Encoding.UTF8.GetBytes(text),
            TimeZoneInfo.FindSystemTimeZoneById(zone),
            out var file,
            out var problem
        )
            ? file
            : throw new InvalidOperationException(problem.ToString());

    private static string ProblemOf(string text) =>
        PostFile.TryRead("f.md", Encoding.UTF8.GetBytes(text), TimeZoneInfo.Utc, out _, out var problem)
            ? throw new InvalidOperationException("It was read.")
            : problem.ToString();
}
