using System.Text.Json;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Tests.Posts.Publishing;

public sealed class UploadReportTests
{
    [Fact]
    public void A_report_is_parsed_as_it_was_written()
    {
        var random = new Random(7);
        string Word(int max) =>
            new([.. Enumerable.Range(0, random.Next(1, max)).Select(_ => (char)random.Next(33, 0x2000))]);
        for (var round = 0; round < 2_000; round++)
        {
            var report = new UploadReport(
                Word(60) + ".md",
                $"\"0x{round:X}\"",
                UploadOutcome.Refused,
                [.. Enumerable.Range(0, random.Next(6)).Select(_ => Word(200).ReplaceLineEndings("-"))]
            );

            Assert.True(UploadReport.TryParse(report.ToText(), out var read));
            Assert.Equal(report with { Lines = [] }, read with { Lines = [] });
            Assert.Equal(report.Lines, read.Lines);
        }
    }

    [Fact]
    public void A_line_break_in_a_sentence_becomes_a_space()
    {
        var report = new UploadReport("a.md", "1", UploadOutcome.Refused, ["one\r\nline", "two\nlines"]);

        Assert.Equal("Source: a.md\nSource-ETag: 1\nOutcome: refused\none line\ntwo lines\n", report.ToText());
    }

    [Theory]
    [InlineData(UploadOutcome.Published, "published")]
    [InlineData(UploadOutcome.Scheduled, "scheduled")]
    [InlineData(UploadOutcome.Draft, "draft")]
    [InlineData(UploadOutcome.Expired, "expired")]
    [InlineData(UploadOutcome.Withdrawn, "withdrawn")]
    [InlineData(UploadOutcome.Refused, "refused")]
    public void An_outcome_is_a_lower_case_word_in_reports_and_in_rows(UploadOutcome outcome, string word)
    {
        var report = new UploadReport("a.md", "1", outcome, []);

        Assert.Equal($"Source: a.md\nSource-ETag: 1\nOutcome: {word}\n", report.ToText());
        Assert.Contains(
            $"\"Outcome\":\"{word}\"",
            JsonSerializer.Serialize(report, PostJson.Default.UploadReport),
            StringComparison.Ordinal
        );
        Assert.Equal(
            outcome,
            JsonSerializer
                .Deserialize(
                    JsonSerializer.Serialize(report, PostJson.Default.UploadReport),
                    PostJson.Default.UploadReport
                )!
                .Outcome
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("Source: a")]
    [InlineData("Source: a\nSource-ETag: b\n")]
    [InlineData("Source-ETag: b\nSource: a\nOutcome: c\n")]
    [InlineData("Source: a\nSource-ETag: b\nOutcome: c\n")]
    [InlineData("Source: a\nSource-ETag: b\nOutcome: 1\n")]
    [InlineData("Source: a\nSource-ETag: b\nOutcome: Refused\n")]
    public void Other_text_is_no_report(string text) => Assert.False(UploadReport.TryParse(text, out _));
}
