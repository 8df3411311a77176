using System.Text;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Tests.Posts.FrontMatter;

public sealed class PostFileTests
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    [Fact]
    public void Every_field_is_read()
    {
        var file = ReadFile(
            """
            ---
            title: "A: title"
            date: 2026-05-22
            slug: my-post
            tags: [one, two, one]
            summary: >
              Two
              lines.
            draft: true
            author: Ada
            image: /media/a.jpg
            image_alt: A cat
            image_credit: Jane Doe, https://example.com/jane
            comments: false
            ---
            Body.

            """
        );

        Assert.Equal(
            ("A: title", "my-post", "Ada", "Two lines."),
            (file.Metadata.Title, file.Metadata.Slug.ToString(), file.Metadata.Author, file.Metadata.Summary)
        );
        Assert.Equal(new DateTimeOffset(2026, 5, 22, 0, 0, 0, TimeSpan.Zero), file.Metadata.Date);
        Assert.Equal(["one", "two"], file.Metadata.Tags);
        Assert.True(file.Metadata.Draft);
        Assert.False(file.Metadata.Comments);
        Assert.Equal(
            new PostPicture("/media/a.jpg", "A cat", "Jane Doe", "https://example.com/jane"),
            file.Metadata.Picture
        );
        Assert.Equal(("Body.\n", 16), (file.Body, file.FirstLine));
        Assert.Empty(file.Notes);
    }

    [Fact]
    public void Only_the_title_is_required()
    {
        var file = ReadFile("---\ntitle: T\n---\n");

        Assert.Equal(
            ("my-file", null, false, true),
            (file.Metadata.Slug.ToString(), file.Metadata.Date, file.Metadata.Draft, file.Metadata.Comments)
        );
        Assert.Empty(file.Metadata.Tags);
        Assert.Equal((null, null, null), (file.Metadata.Summary, file.Metadata.Author, file.Metadata.Picture));
    }

    [Theory]
    [InlineData("Jane", "Jane", null)]
    [InlineData("Jane Doe https://e.org/a", "Jane Doe", "https://e.org/a")]
    [InlineData("[Jane Doe, 'https://e.org/a']", "Jane Doe", "https://e.org/a")]
    [InlineData("https://e.org/a", "https://e.org/a", "https://e.org/a")]
    [InlineData("''", null, null)]
    public void A_credit_is_text_with_an_optional_URL(string credit, string? text, string? address)
    {
        var picture = ReadFile($"---\ntitle: T\nimage: /a.jpg\nimage_credit: {credit}\n---\n").Metadata.Picture!;

        Assert.Equal((text, address), (picture.CreditText, picture.CreditAddress));
    }

    [Fact]
    public void Unknown_fields_are_reported_with_their_lines()
    {
        var file = ReadFile("---\ntitle: T\nlayout: wide\nnested:\n  a: [1, {b: c}]\n---\n");

        Assert.Equal(
            ["line 3: the field 'layout' is kept, and not used.", "line 4: the field 'nested' is kept, and not used."],
            file.Notes
        );
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Every_line_ending_and_a_byte_order_mark_are_accepted(string lineEnding)
    {
        var text = "\uFEFF---\ntitle: T\ntags:\n  - a\n  - b\n---\nOne.\n\nTwo.\n".Replace(
            "\n",
            lineEnding,
            StringComparison.Ordinal
        );

        var file = ReadFile(text);

        Assert.Equal("T", file.Metadata.Title);
        Assert.Equal(["a", "b"], file.Metadata.Tags);
        Assert.Equal(("One.\n\nTwo.\n", 7), (file.Body, file.FirstLine));
    }

    [Theory]
    [InlineData("title: \"a\\nb\\tc\"", "a b c")]
    [InlineData("title: \"bell\\a\"", "bell")]
    [InlineData("title: \"a\u2028b\"", "a b")]
    [InlineData("title: \"\U0001F600 ok\"", "\U0001F600 ok")]
    [InlineData("title: 'it''s'", "it's")]
    [InlineData("title: 2026", "2026")]
    [InlineData("title: true", "true")]
    [InlineData("title: 'null'", "null")]
    public void A_title_is_one_line_of_clean_text(string line, string title) =>
        Assert.Equal(title, ReadFile($"---\n{line}\n---\n").Metadata.Title);

    /// <summary>The position is that of a text editor, for every line ending.</summary>
    [Theory]
    [InlineData("", 1, 1, "must begin with front matter")]
    [InlineData("# Hello\n", 1, 1, "must begin with front matter")]
    [InlineData("---\ntitle: T\n", 1, 1, "no end")]
    [InlineData("---\n---\nText", 1, 1, "a post needs a title")]
    [InlineData("---\ndate: 2026-01-01\n---\n", 1, 1, "a post needs a title")]
    [InlineData("---\ndate: 2026-01-01\ntitle:\n---\n", 3, 7, "a post needs a title")]
    [InlineData("---\ntitle: ''\n---\n", 2, 8, "a post needs a title")]
    [InlineData("---\ntitle: null\n---\n", 2, 8, "a post needs a title")]
    [InlineData("---\ntitle: T\ndate: tomorrow\n---\n", 3, 7, "'tomorrow' is not a date: write 2026-05-22")]
    [InlineData("---\ntitle: T\ndate: 2026-13-01\n---\n", 3, 7, "is not a date")]
    [InlineData("---\ntitle: T\ndate: 0001-01-01\n---\n", 3, 7, "from 1700 to 2999")]
    [InlineData("---\ntitle: T\ndate: 9999-12-31\n---\n", 3, 7, "from 1700 to 2999")]
    [InlineData("---\ntitle: T\ndate: [2026-01-01, 2026-01-02]\n---\n", 3, 7, "must be one text")]
    [InlineData("---\ntitle: T\ndate: {a: b}\n---\n", 3, 7, "must be a text")]
    [InlineData("---\ntitle: a: b\n---\n", 2, 9, "not YAML")]
    [InlineData("---\ntitle: \"open\n---\n", 2, 8, "not YAML")]
    [InlineData("---\ntitle: \"half \\uD800 a pair\"\n---\n", 2, 8, "not YAML")]
    [InlineData("---\ntitle: T\n\tdate: x\n---\n", 3, 1, "use spaces")]
    [InlineData("---\ntitle: T\nsummary: @at\n---\n", 3, 10, "not YAML")]
    [InlineData("---\ntitle: T\nsummary: *a\n---\n", 3, 10, "*a, in the field 'summary' stands for a value")]
    [InlineData("---\ntitle: T\nother:\n  - {deep: [*a]}\n---\n", 4, 13, "*a, in the field 'other'")]
    [InlineData("---\ntitle: T\nother: &a [*a]\n---\n", 3, 12, "*a, in the field 'other'")]
    [InlineData("---\ntitle: T\nslug: a\n  \nslug: b\n---\n", 5, 1, "'slug' is there twice")]
    [InlineData("---\njust text\n---\n", 2, 1, "'name: value'")]
    [InlineData("---\n- title: T\n---\n", 2, 1, "'name: value'")]
    [InlineData("---\ntitle: T\n--- more: x\n---\n", 3, 1, "the fields end before this")]
    [InlineData("---\ntitle: T\nslug: Not A Slug\n---\n", 3, 7, "'Not A Slug' cannot stand in an address")]
    [InlineData("---\ntitle: T\ndraft: maybe\n---\n", 3, 8, "'maybe' is neither true nor false")]
    [InlineData("---\ntitle: T\ncomments: 1\n---\n", 3, 11, "'1' is neither true nor false")]
    [InlineData("---\ntitle: T\nimage: ftp://cat.jpg\n---\n", 3, 8, "'ftp://cat.jpg' is not an address")]
    [InlineData("---\ntitle: T\nimage: javascript:alert(1)\n---\n", 3, 8, "is not an address")]
    [InlineData("---\ntitle: \U0001F600\u2028x\ndate: never\n---\n", 3, 7, "is not a date")]
    public void A_broken_file_is_refused_with_line_and_column(string text, int line, int column, string expected)
    {
        foreach (var file in new[] { text, text.Replace("\n", "\r\n", StringComparison.Ordinal), "\uFEFF" + text })
        {
            var problem = ReadProblem(Utf8.GetBytes(file));

            Assert.Equal((line, column), (problem.Line, problem.Column));
            Assert.Contains(expected, problem.Sentence, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("title", 200, "")]
    [InlineData("summary", 1000, "")]
    [InlineData("author", 100, "")]
    [InlineData("slug", 80, "")]
    [InlineData("image", 500, "/")]
    [InlineData("image_alt", 500, "")]
    [InlineData("tags", 50, "")]
    [InlineData("image_credit", 800, "")]
    public void Every_field_has_a_length_limit(string field, int max, string start)
    {
        string FileWith(int length) =>
            $"---\n{(field == "title" ? "" : "title: T\n")}{(field == "image_alt" ? "image: /a\n" : "")}"
            + $"{field}: {start}{new string('x', length - start.Length)}\n---\n";

        ReadFile(FileWith(max));
        var problem = ReadProblem(Utf8.GetBytes(FileWith(max + 1)));

        Assert.Equal(field.Length + 3, problem.Column);
        Assert.Contains($"{max + 1} characters: keep at most {max}", problem.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_post_has_at_most_20_tags()
    {
        ReadFile($"---\ntitle: T\ntags: [{string.Join(", ", Enumerable.Range(0, 20))}]\n---\n");
        var problem = ReadProblem(
            Utf8.GetBytes($"---\ntitle: T\ntags: [{string.Join(", ", Enumerable.Range(0, 21))}]\n---\n")
        );

        Assert.Equal("line 3, column 7: in 'tags': there are 21 tags: keep at most 20.", problem.ToString());
    }

    [Fact]
    public void A_file_has_at_most_1_MiB_and_its_front_matter_16_KB()
    {
        var head = "---\ntitle: T\n---\n";
        ReadFile(head + new string('a', PostFile.MaxBytes - head.Length));
        ReadFile($"---\ntitle: T\nx: {new string('a', (16 * 1024) - 12)}\n---\n");

        var tooLarge = ReadProblem(Utf8.GetBytes(head + new string('a', PostFile.MaxBytes - head.Length + 1)));
        var longFrontMatter = ReadProblem(
            Utf8.GetBytes($"---\ntitle: T\nx: {new string('a', (16 * 1024) - 11)}\n---\n")
        );

        Assert.Contains("more than 1,048,576 bytes", tooLarge.Sentence, StringComparison.Ordinal);
        Assert.Contains("more than 16,384 bytes", longFrontMatter.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("---\ntitle: T\nx: \u00FC\U0001F600", 3, 6)]
    [InlineData("\uFEFF--", 1, 3)]
    [InlineData("", 1, 1)]
    [InlineData("---\r\ntitle: T\r\n---\r\n\r\n", 5, 1)]
    [InlineData("a\rb\r", 3, 1)]
    public void Invalid_UTF_8_is_refused_with_its_position(string before, int line, int column)
    {
        foreach (var bad in new byte[][] { [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0] })
        {
            var problem = ReadProblem([.. Utf8.GetBytes(before), .. bad, .. "\nmore\n"u8]);

            Assert.Equal((line, column), (problem.Line, problem.Column));
            Assert.Contains("save the file as UTF-8", problem.Sentence, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_in_UTF_16_is_refused_with_the_advice_to_save_it_as_UTF_8()
    {
        Assert.Contains(
            "UTF-8",
            ReadProblem([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("---\ntitle: T\n---\n")]).Sentence,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "UTF-8",
            ReadProblem(Encoding.Unicode.GetBytes("---\ntitle: T\n---\n")).Sentence,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("2026-05-22", "2026-05-22T00:00:00+02:00")]
    [InlineData("2026-05-22 14:30", "2026-05-22T14:30:00+02:00")]
    [InlineData("2026-05-22T14:30", "2026-05-22T14:30:00+02:00")]
    [InlineData("2026-12-22 14:30:05", "2026-12-22T14:30:05+01:00")]
    [InlineData("2026-05-22T14:30:00Z", "2026-05-22T14:30:00+00:00")]
    [InlineData("2026-05-22T14:30:00-05:00", "2026-05-22T14:30:00-05:00")]
    [InlineData("2026-05-22 14:30:00 +02:00", "2026-05-22T14:30:00+02:00")]
    [InlineData("2026-05-22T14:30:00.123+02:00", "2026-05-22T14:30:00.123+02:00")]
    public void A_date_without_an_offset_is_in_the_blogs_time_zone(string date, string expected) =>
        Assert.Equal(
            DateTimeOffset.Parse(expected, null),
            ReadFile($"---\ntitle: T\ndate: {date}\n---\n", "Europe/Berlin").Metadata.Date
        );

    [Fact]
    public void Every_day_from_1700_to_2999_is_accepted_in_every_time_zone()
    {
        var zones = new[] { "UTC", "Europe/Amsterdam", "Asia/Kolkata", "Pacific/Apia", "America/New_York" };
        for (var day = new DateOnly(1700, 1, 1); day.Year < 3000; day = day.AddDays(397))
        {
            foreach (var zone in zones)
            {
                var date = ReadFile($"---\ntitle: T\ndate: {day:yyyy-MM-dd}\n---\n", zone).Metadata.Date!.Value;

                Assert.Equal(day.ToDateTime(TimeOnly.MinValue), date.DateTime);
            }
        }
    }

    [Fact]
    public void Random_files_are_read_or_refused_at_a_position_within_the_file()
    {
        var random = new Random(42);
        string[] parts =
        [
            "---\n",
            "---\r\n",
            "title: ",
            "date: ",
            "tags: [",
            "]",
            "{",
            "}",
            "&a ",
            "*a ",
            "\"",
            "'",
            "|\n ",
            "? ",
            "- ",
            ": ",
            "#",
            "!x ",
            "%",
            "a",
            "\t",
            "\n",
            "...\n",
            "\uFEFF",
            "\u0085",
            "\u2028",
            "é",
            "\U0001F600",
        ];
        for (var round = 0; round < 20_000; round++)
        {
            var text =
                "---\n"
                + string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => parts[random.Next(parts.Length)]))
                + "\n---\nbody";
            var bytes = Utf8.GetBytes(text);
            if (random.Next(10) == 0)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            if (!PostFile.TryRead("f.md", bytes, TimeZoneInfo.Utc, out _, out var problem))
            {
                Assert.True(
                    problem.Line >= 1
                        && problem.Line <= text.Count(character => character is '\n' or '\r') + 2
                        && problem.Column >= 1,
                    $"{problem} in {text}"
                );
            }
        }
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("? ")]
    [InlineData("- ")]
    [InlineData("{a: ")]
    public void Deeply_nested_YAML_never_crashes_the_process(string opener) =>
        _ = PostFile.TryRead(
            "f.md",
            Utf8.GetBytes(
                $"---\ntitle: T\nx: {string.Concat(Enumerable.Repeat(opener, 16_000 / opener.Length))}\n---\n"
            ),
            TimeZoneInfo.Utc,
            out _,
            out _
        );

    private static PostFile ReadFile(string text, string zone = "UTC") =>
        PostFile.TryRead(
            "My file.md",
            Utf8.GetBytes(text),
            TimeZoneInfo.FindSystemTimeZoneById(zone),
            out var file,
            out var problem
        )
            ? file
            : throw new InvalidOperationException(problem.ToString());

    private static Problem ReadProblem(byte[] bytes) =>
        PostFile.TryRead("My file.md", bytes, TimeZoneInfo.Utc, out _, out var problem)
            ? throw new InvalidOperationException("It was read.")
            : problem;
}
