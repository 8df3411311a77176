using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Posts.Publishing;

/// <summary>The case N09: the post of a file that was moved keeps its id, and so its comments and its guid.</summary>
[Trait("Category", "Slow")]
public sealed class RenamedFileTests
{
    private const string Old = "first-name.md";
    private const string New = "moved/index.md";

    private static readonly string Moved = PublishingFixture.Text("Moved", $"id: {Old}");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_with_the_id_of_a_former_one_has_its_post_whichever_message_comes_first(bool deletedFirst)
    {
        Assert.Contains($"with 'id: {Old}'", TextCase.Find("N09"), StringComparison.Ordinal);
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync(Old, PublishingFixture.Text("Before"));
        var id = Assert.Single(await fixture.ListAsync()).Id;

        if (deletedFirst)
        {
            await fixture.WithdrawAsync(Old);
        }

        var report = await fixture.PublishAsync(New, Moved);
        if (!deletedFirst)
        {
            await fixture.WithdrawAsync(Old);
        }

        await fixture.DeliverAsync(Old);
        await fixture.DeliverAsync(New);

        Assert.Equal((UploadOutcome.Published, "http://blog.test/posts/moved"), (report.Outcome, report.Lines[0]));
        var listed = Assert.Single(await fixture.ListAsync());
        Assert.Equal((id, "Moved", New), (listed.Id, listed.Title, listed.Source));
        Assert.Equal("200", await fixture.StatusAsync("/posts/moved"));
        Assert.Equal("301 /posts/moved", await fixture.StatusAsync("/posts/first-name"));
    }

    [Fact]
    public async Task The_file_that_was_deleted_takes_the_post_down_under_its_new_name_too()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync(Old, PublishingFixture.Text("Before"));
        await fixture.PublishAsync(New, Moved);

        await fixture.WithdrawAsync(New);
        await fixture.DeliverAsync(New);

        Assert.Empty(await fixture.ListAsync());
        Assert.Equal("410", await fixture.StatusAsync("/posts/moved"));
        Assert.Equal(PostState.Withdrawn, (await fixture.PostAsync(Old))?.State);
    }

    [Fact]
    public async Task Without_its_id_the_file_is_a_post_of_its_own_again()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync(New, PublishingFixture.Text("Own"));
        await fixture.PublishAsync(New, Moved);
        Assert.Equal(PostId.FromBlobName(Old), Assert.Single(await fixture.ListAsync()).Id);

        var report = await fixture.PublishAsync(New, PublishingFixture.Text("Own again"));

        Assert.Equal(UploadOutcome.Published, report.Outcome);
        Assert.Equal(PostId.FromBlobName(New), Assert.Single(await fixture.ListAsync()).Id);
        Assert.Equal("200", await fixture.StatusAsync("/posts/moved"));
        await fixture.WithdrawAsync(New);
        Assert.Empty(await fixture.ListAsync());
    }

    [Fact]
    public async Task A_broken_version_changes_nothing()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync(New, Moved);

        var report = await fixture.PublishAsync(New, "---\ntitle: a: b\n---\n");

        Assert.Equal(
            (UploadOutcome.Refused, "The last good version stays at http://blog.test/posts/moved"),
            (report.Outcome, report.Lines[^1])
        );
        Assert.Equal(PostId.FromBlobName(Old), Assert.Single(await fixture.ListAsync()).Id);
    }

    [Fact]
    public async Task An_id_belongs_to_one_file_at_a_time()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync(New, Moved);

        var third = await fixture.PublishAsync("third.md", PublishingFixture.Text("Third", $"id: {Old}"));
        var first = await fixture.PublishAsync(Old, PublishingFixture.Text("First"));

        foreach (var report in new[] { third, first })
        {
            Assert.Equal(
                [
                    "line 1, column 1: its 'id', with the comments, belongs to moved/index.md: delete that file first, "
                        + "or write another 'id'.",
                ],
                report.Lines
            );
        }

        Assert.Equal("Moved", Assert.Single(await fixture.ListAsync()).Title);
    }

    [Fact]
    public async Task Without_an_id_the_report_says_which_deleted_file_had_the_same_text_and_what_to_write()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        var text = PublishingFixture.Text("The same");
        await fixture.PublishAsync(Old, text);
        await fixture.WithdrawAsync(Old);

        await fixture.PublishAsync(New, text);
        await fixture.DeliverAsync(New);

        Assert.Equal(
            [
                "http://blog.test/posts/moved",
                $"the deleted file {Old} has the same text: if this one takes its place, write 'id: {Old}' in the "
                    + "front matter, and comments, guid and old address come along.",
            ],
            (await fixture.ReportAsync(New)).Lines
        );
        Assert.Single((await fixture.PublishAsync(New, PublishingFixture.Text("Another"))).Lines);
    }

    [Fact]
    public async Task An_id_that_names_no_file_is_another_programs_and_not_used()
    {
        await using var fixture = await PublishingFixture.StartAsync();

        var report = await fixture.PublishAsync("a.md", PublishingFixture.Text("A", "id: 1234"));

        Assert.Equal(PostId.FromBlobName("a.md"), Assert.Single(await fixture.ListAsync()).Id);
        Assert.Contains(report.Lines, line =>
            line.StartsWith("line 4: the field 'id' is kept", StringComparison.Ordinal)
        );
    }
}
