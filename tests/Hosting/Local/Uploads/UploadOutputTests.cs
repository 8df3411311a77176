using ServerlessBlog.Hosting.Local.Uploads;
using ServerlessBlog.Posts.Publishing;

namespace ServerlessBlog.Tests.Hosting.Local.Uploads;

public sealed class UploadOutputTests
{
    private static readonly UploadResult Published = new(
        "a.md",
        UploadOutcome.Published,
        "published",
        "published at /a"
    );
    private static readonly UploadResult Refused = new(
        "b.md",
        UploadOutcome.Refused,
        "refused",
        "refused: why",
        "Note."
    );
    private static readonly UploadResult Unchanged = new("c.md", null, "unchanged");
    private static readonly UploadResult Unanswered = new("d.md", null, UploadResult.NoReport, "uploaded, but: why");

    [Fact]
    public void Redirected_output_is_plain_lines_and_a_summary()
    {
        var (output, isGood) = Print(
            new(IsTerminal: false, HasColors: false),
            Unchanged,
            Refused,
            Published,
            Published
        );

        Assert.Equal(
            "c.md: unchanged\nb.md: refused: why\n  Note.\na.md: published at /a\na.md: published at /a\n"
                + "2 published, 1 refused, 1 unchanged\n",
            output
        );
        Assert.False(isGood);
    }

    [Fact]
    public void One_file_has_no_summary()
    {
        var (output, isGood) = Print(new(IsTerminal: true, HasColors: true), Published);

        Assert.Equal(("a.md: published at /a\n", true), (output, isGood));
    }

    [Fact]
    public void A_file_without_a_report_is_counted_and_no_success()
    {
        var (output, isGood) = Print(default, Published, Unanswered);

        Assert.EndsWith("\n1 published, 1 without a report\n", output, StringComparison.Ordinal);
        Assert.False(isGood);
    }

    [Fact]
    public void On_a_terminal_problems_are_red_and_unchanged_files_grey()
    {
        var (output, _) = Print(new(IsTerminal: true, HasColors: true), Published, Refused, Unchanged, Unanswered);

        Assert.StartsWith(
            "a.md: published at /a\n\e[31mb.md: refused: why\n  Note.\e[0m\n\e[90mc.md: unchanged\e[0m\n"
                + "\e[31md.md: uploaded, but: why\e[0m\n",
            output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void More_than_20_files_have_a_progress_bar_on_a_terminal_only()
    {
        var files = Enumerable.Repeat(Published, 21).ToArray();

        var (bar, _) = Print(new(IsTerminal: true, HasColors: false), files);
        var (few, _) = Print(new(IsTerminal: true, HasColors: false), files[1..]);
        var (redirected, _) = Print(new(IsTerminal: false, HasColors: false), files);

        Assert.StartsWith(
            "\r\e[Ka.md: published at /a\n[#.............................] 1 of 21\r\e[Ka.md: published at /a\n",
            bar,
            StringComparison.Ordinal
        );
        Assert.EndsWith("\r\e[Ka.md: published at /a\n21 published\n", bar, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', few);
        Assert.DoesNotContain('\e', redirected);
    }

    private static (string Output, bool IsGood) Print(TerminalStyle style, params UploadResult[] results)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var output = new UploadOutput(writer, style, results.Length);
        foreach (var result in results)
        {
            output.Write(result);
        }

        var isGood = output.Finish();
        return (writer.ToString(), isGood);
    }
}
