using ServerlessBlog.Posts;

namespace ServerlessBlog.Tests.Posts;

public sealed class UploadReportTests
{
    [Fact]
    public void A_report_is_read_as_it_was_written()
    {
        var random = new Random(7);
        string Word(int most) => new([.. Enumerable.Range(0, random.Next(1, most)).Select(_ => (char)random.Next(33, 0x2000))]);
        for (var round = 0; round < 2_000; round++)
        {
            var report = new UploadReport(Word(60) + ".md", $"\"0x{round:X}\"", "refused", [.. Enumerable.Range(0, random.Next(6)).Select(_ => Word(200).ReplaceLineEndings("-"))]);

            Assert.True(UploadReport.TryParse(report.ToText(), out var read));
            Assert.Equal(report with { Lines = [] }, read with { Lines = [] });
            Assert.Equal(report.Lines, read.Lines);
        }
    }

    [Fact]
    public void A_sentence_stays_on_one_line()
    {
        var report = new UploadReport("a.md", "1", "refused", ["one\r\nline", "two\nlines"]);

        Assert.Equal("Source: a.md\nSource-ETag: 1\nOutcome: refused\none line\ntwo lines\n", report.ToText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Source: a")]
    [InlineData("Source: a\nSource-ETag: b\n")]
    [InlineData("Source-ETag: b\nSource: a\nOutcome: c\n")]
    public void Other_text_is_no_report(string text) => Assert.False(UploadReport.TryParse(text, out _));
}
