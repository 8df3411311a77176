using System.Reflection;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Tests.Texts;

/// <summary>The parser of <c>theme/texts.json</c>: its problems and notes, and the texts that result.</summary>
public sealed class TextOverridesTests
{
    [Theory]
    [InlineData(
        """{"form.sent": "Send"}""",
        "line 1, column 2: the blog has no text \"form.sent\": did you mean \"form.send\"?"
    )]
    [InlineData(
        "{\n  \"comment.none\": \"No\"\n}",
        "line 2, column 3: the blog has no text \"comment.none\": did you mean \"comments.none\"?"
    )]
    [InlineData(
        """{"something else entirely": "No"}""",
        "line 1, column 2: the blog has no text \"something else entirely\"."
    )]
    [InlineData(
        """{"form.send.few": "No"}""",
        "line 1, column 2: the blog has no text \"form.send.few\": did you mean \"form.send\"?"
    )]
    [InlineData("""{"form": {"send": "Send", "name": ["a"]}}""", "line 1, column 2: the blog has no text \"form\".")]
    [InlineData(
        """{"form.send": {"form.name": "Send"}}""",
        "line 1, column 2: \"form.send\" stays as it was: write a text, in quotation marks."
    )]
    [InlineData(
        """{"form.send": 7}""",
        "line 1, column 2: \"form.send\" stays as it was: write a text, in quotation marks."
    )]
    [InlineData(
        """{"form.send": null}""",
        "line 1, column 2: \"form.send\" stays as it was: write a text, in quotation marks."
    )]
    [InlineData(
        """{"form.send": " "}""",
        "line 1, column 2: \"form.send\" stays as it was: write a text, in quotation marks."
    )]
    [InlineData(
        """{"form.send": "\ud800"}""",
        "line 1, column 2: \"form.send\" stays as it was: write a text, in quotation marks."
    )]
    [InlineData(
        """{"form.send": "a\nb"}""",
        "line 1, column 2: \"form.send\" stays as it was: it has a line break or another character "
            + "that is no letter: write it on one line."
    )]
    [InlineData(
        """{"form.send": "{name}"}""",
        "line 1, column 2: \"form.send\" stays as it was: nothing is put into {name}: leave it out."
    )]
    [InlineData(
        """{"comments.other": "{number}"}""",
        "line 1, column 2: \"comments.other\" stays as it was: nothing is put into {number}: it may have {count}."
    )]
    [InlineData(
        """{"comments.few": "{number}"}""",
        "line 1, column 2: \"comments.few\" stays as it was: nothing is put into {number}: it may have {count}."
    )]
    [InlineData(
        """{"date.time": "{hours}"}""",
        "line 1, column 2: \"date.time\" stays as it was: nothing is put into {hours}: it may have "
            + "{hour12}, {minute}, {half}, {hour}."
    )]
    [InlineData(
        """{"language": "Deutsch, bitte"}""",
        "line 1, column 2: \"language\" stays as it was: write a language tag such as \"en\", \"de\" or \"pt-BR\"."
    )]
    public void An_invalid_override_is_reported_and_the_built_in_text_stays(string json, string note)
    {
        var overrides = TextOverrides.Read(json);

        Assert.Equal([note], overrides.Notes);
        Assert.Null(overrides.Problem);
        Assert.All(SiteTexts.Keys, key => Assert.Equal(SiteTexts.BuiltIn[key], overrides.Texts[key]));
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("Send", 1, 1)]
    [InlineData("[]", 1, 1)]
    [InlineData("\"form.send\"", 1, 1)]
    [InlineData("{\n  \"form.send\": \"Los\"\n  \"form.name\": \"Wer\"\n}", 3, 3)]
    [InlineData("{\"form.send\": \"ä\" x}", 1, 19)]
    [InlineData("{\"form.send\": \"Los\"", 1, 20)]
    [InlineData("{\"form.send\": \"Los\"} x", 1, 22)]
    public void Invalid_JSON_is_refused_as_a_whole_with_its_position(string json, int line, int column)
    {
        var overrides = TextOverrides.Read(json);

        Assert.StartsWith($"line {line}, column {column}: ", overrides.Problem, StringComparison.Ordinal);
        Assert.Equal(SiteTexts.BuiltIn["form.send"], overrides.Texts["form.send"]);
    }

    [Fact]
    public void Keys_of_the_first_version_that_have_another_name_now_still_count()
    {
        var read = TextOverrides.Read("""{ "script.reply": "Svar", "script.whom": "Svar til {author}" }""");

        Assert.Empty(read.Notes);
        Assert.Equal(("Svar", "Svar til {author}"), (read.Texts["comment.reply"], read.Texts["form.whom"]));
    }

    [Fact]
    public void A_text_without_a_placeholder_of_the_built_in_one_or_a_duplicate_is_used_and_reported()
    {
        var overrides = TextOverrides.Read(
            """{"post.byline": "von {author}", "form.send": "Los", "form.send": "Ab"}"""
        );

        Assert.Equal(
            [
                "line 1, column 2: \"post.byline\" is used without {date}, {minutes}, which the blog's own text has.",
                "line 1, column 53: \"form.send\" is there twice: the last one is used.",
            ],
            overrides.Notes
        );
        Assert.Equal(("von {author}", "Ab"), (overrides.Texts["post.byline"], overrides.Texts["form.send"]));
    }

    [Fact]
    public void Comments_and_a_trailing_comma_are_allowed()
    {
        var overrides = TextOverrides.Read("\uFEFF{ // mine\n\"form.send\": \"Los\", /* no more */ }");

        Assert.Equal((null, 0, "Los"), (overrides.Problem, overrides.Notes.Count, overrides.Texts["form.send"]));
    }

    [Fact]
    public void A_text_has_at_most_1000_characters_and_a_report_at_most_50_notes()
    {
        var unknown = string.Join(',', Enumerable.Range(0, 60).Select(number => $"\"{number}\": \"\""));
        var overrides = TextOverrides.Read(
            $$"""{"form.name": "{{new string('a', 1001)}}", "form.send": "{{new string('a', 1000)}}", {{unknown}}}"""
        );

        Assert.Equal(1000, overrides.Texts["form.send"].Length);
        Assert.Equal(SiteTexts.BuiltIn["form.name"], overrides.Texts["form.name"]);
        Assert.Equal((51, "and 11 more."), (overrides.Notes.Count, overrides.Notes[^1]));
    }

    [Fact]
    public void The_built_in_file_is_a_valid_override_and_every_truncation_of_it_is_reported()
    {
        using var file = new StreamReader(
            Assembly.GetAssembly(typeof(SiteTexts))!.GetManifestResourceStream("texts.json")!
        );
        var json = file.ReadToEnd();

        var overrides = TextOverrides.Read(json);
        Assert.Equal((null, 0), (overrides.Problem, overrides.Notes.Count));
        for (var length = 0; length < json.Length - 2; length += 7)
        {
            Assert.NotNull(TextOverrides.Read(json[..length]).Problem);
        }
    }
}
