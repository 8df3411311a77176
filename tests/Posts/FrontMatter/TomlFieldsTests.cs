using System.Text;
using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Tests.Posts.FrontMatter;

public sealed class TomlFieldsTests
{
    [Fact]
    public void All_kinds_of_values_are_read()
    {
        var file = Read(
            """"
            +++
            title = "A \"b\"" # a comment
            date = 2019-01-02T03:04:05+01:00
            expiryDate = 2030-01-02
            "slug" = 'own'
            tags = ["one", 'two',
              "three"]
            weight = 1_000
            draft = true
            summary = """
            Two
            lines."""
            image.path = "a.jpg"
            image.alt = "An apple"
            params.deep = { more = [1, { x = 2 }] }
            [[resources]]
            src = "b.jpg"
            [[resources]]
            src = "c.jpg"
            +++
            Body
            """"
        );

        var metadata = file.Metadata;
        Assert.Equal(("A \"b\"", "own", "Two lines."), (metadata.Title, metadata.Slug.ToString(), metadata.Summary));
        Assert.Equal(new DateTimeOffset(2019, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)), metadata.Date);
        Assert.Equal(new DateTimeOffset(2030, 1, 2, 0, 0, 0, TimeSpan.Zero), metadata.Expires);
        Assert.Equal(["one", "two", "three"], metadata.Tags);
        Assert.Equal((1000, true), (metadata.Weight, metadata.Draft));
        Assert.Equal(("a.jpg", "An apple"), (metadata.Picture!.Address, metadata.Picture.Alt));
        Assert.Equal(("Body", 21), (file.Body, file.FirstLine));
        Assert.Equal(
            [
                "line 15: the field 'params' is kept, and not used.",
                "line 16: the field 'resources' is kept, and not used.",
            ],
            file.Notes
        );
    }

    [Theory]
    [InlineData("title = 'T'\nimage = { path = 'a.jpg' }")]
    [InlineData("title = 'T'\n[image]\npath = 'a.jpg'")]
    public void A_picture_can_be_a_table(string fields) =>
        Assert.Equal("a.jpg", Read($"+++\n{fields}\n+++\n").Metadata.Picture?.Address);

    [Theory]
    [InlineData("title = 'T'\ndate = 1979-05-27T07:32:00", "1979-05-27T07:32:00+02:00")]
    [InlineData("title = 'T'\ndate = 1979-05-27 07:32:00Z", "1979-05-27T07:32:00+00:00")]
    [InlineData("title = 'T'\ndate = '1979-05-27'", "1979-05-27T00:00:00+02:00")]
    public void A_date_of_any_type_is_read(string fields, string date) =>
        Assert.Equal(
            DateTimeOffset.Parse(date, null),
            Read($"+++\n{fields}\n+++\n", "Africa/Johannesburg").Metadata.Date
        );

    [Theory]
    [InlineData("title = \"T\"\ntitle = \"U\"", 3, 1, "the field 'title' is there twice, on lines 2 and 3: keep one.")]
    [InlineData("title = \"T\"\ntags = 'a", 3, 9, "this is not TOML")]
    [InlineData("title: T", 2, 6, "this is not TOML")]
    [InlineData("title = 'T'\ndate = 01:02:03", 3, 8, "in 'date': '01:02:03' is not a date")]
    [InlineData("a = 1\n[a]\nb = 2", 3, 2, "the field 'a' is there twice, on lines 2 and 3: keep one.")]
    public void A_problem_has_its_line_and_column(string fields, int line, int column, string sentence)
    {
        Assert.False(TryRead($"+++\n{fields}\n+++\n", "UTC", out _, out var problem));

        Assert.StartsWith($"line {line}, column {column}: ", problem!.ToString(), StringComparison.Ordinal);
        Assert.Contains(sentence, problem.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a=")]
    [InlineData("a.")]
    public void Deep_nesting_never_ends_the_process(string opener) =>
        TryRead(
            $"+++\nx = {string.Concat(Enumerable.Repeat(opener, 15_000 / opener.Length))}\n+++\n",
            "UTC",
            out _,
            out _
        );

    [Fact]
    public void Random_texts_are_read_or_refused()
    {
        var random = new Random(42);
        string[] parts =
        [
            "a",
            ".",
            "=",
            " ",
            "\n",
            "[",
            "]",
            "{",
            "}",
            "\"",
            "'",
            "\"\"\"",
            "1",
            "2019-01-02",
            "#",
            ",",
            "é",
        ];
        for (var round = 0; round < 20_000; round++)
        {
            var fields = string.Concat(
                Enumerable.Range(0, random.Next(30)).Select(_ => parts[random.Next(parts.Length)])
            );
            if (!TryRead($"+++\n{fields}\n+++\n", "UTC", out _, out var problem))
            {
                Assert.True(problem!.Line >= 1 && problem.Column >= 1, $"{problem} in {fields}");
            }
        }
    }

    private static PostFile Read(string text, string zone = "UTC") =>
        TryRead(text, zone, out var file, out var problem)
            ? file!
            : throw new InvalidOperationException(problem!.ToString());

    private static bool TryRead(string text, string zone, out PostFile? file, out Problem? problem) =>
        PostFile.TryRead(
            "f.md",
            Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n")),
            TimeZoneInfo.FindSystemTimeZoneById(zone),
            out file,
            out problem
        );
}
