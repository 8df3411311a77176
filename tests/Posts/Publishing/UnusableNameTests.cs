using Azure.Storage.Blobs;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Posts.Publishing;

/// <summary>Case N07: names that clients resolve to those of other blobs.</summary>
public sealed class UnusableNameTests
{
    private const string Other = "x.md";

    [Theory]
    [InlineData("/x.md")]
    [InlineData("../x.md")]
    [InlineData("a/../x.md")]
    [InlineData("./x.md")]
    [InlineData("a//b.md")]
    [InlineData("x.md/")]
    public async Task A_message_about_it_touches_no_other_file_and_no_other_report(string name)
    {
        await using var fixture = await PublishingFixture.StartAsync(announcesUploads: false);
        await fixture.PublishAsync(Other, TextCase.Find("N07") + "Text.");
        var before = await fixture.ReportAsync(Other);
        await fixture.PutAsync(Other, PublishingFixture.Text("Not announced"));
        fixture.Blog.Calls.Clear();

        await fixture.DeliverAsync(name);

        var calls = fixture.Blog.Calls.Recorded.Where(call => !StorageCalls.IsFromLocalHost(call)).ToList();
        Assert.DoesNotContain(calls, call => call.Contains("/posts/", StringComparison.Ordinal));
        Assert.Equal(before.ToText(), (await fixture.ReportAsync(Other)).ToText());
        Assert.Equal(UploadOutcome.Withdrawn, (await fixture.ReportAsync(name)).Outcome);
    }

    [Theory]
    [InlineData("/sea.jpg")]
    [InlineData("a/../sea.jpg")]
    [InlineData("../media/sea.jpg")]
    public async Task The_same_holds_for_other_files(string name)
    {
        await using var fixture = await PublishingFixture.StartAsync(announcesUploads: false);
        fixture.Blog.Calls.Clear();

        await fixture
            .Blog.Get<TriggerInvoker>()
            .InvokeAsync(
                nameof(PublishPost),
                InvocationPayload.Write("message", BlobEvent.Create(StorageNames.Media, name)),
                CancellationToken.None
            );

        Assert.DoesNotContain(fixture.Blog.Calls.Recorded, call =>
            call.EndsWith("sea.jpg", StringComparison.Ordinal) || call.EndsWith("/media/sea.jpg.txt")
        );
        Assert.Equal(UploadOutcome.Withdrawn, (await fixture.ReportAsync($"media/{name}")).Outcome);
        Assert.Equal(404, await fixture.Blog.StatusAsync($"/media/{name}"));
    }

    [Theory]
    [InlineData("/x.md")]
    [InlineData("a//b.md")]
    public async Task The_file_is_refused_at_the_first_try_until_it_is_deleted(string name)
    {
        await using var fixture = await PublishingFixture.StartAsync(announcesUploads: false);
        var blob = new BlobContainerClient(
            fixture.Blog.Connection,
            StorageNames.Posts,
            new BlobClientOptions { TrimBlobNameSlashes = false }
        ).GetBlobClient(name);
        await blob.UploadAsync(BinaryData.FromString(TextCase.Find("N07")));

        await fixture.DeliverAsync(name);

        var report = await fixture.ReportAsync(name);
        Assert.Equal((name, UploadOutcome.Refused), (report.Source, report.Outcome));
        Assert.Contains("give it another name", Assert.Single(report.Lines), StringComparison.Ordinal);
        Assert.Empty(await fixture.ListAsync());

        await blob.DeleteAsync();
        await fixture.DeliverAsync(name);
        Assert.Equal(UploadOutcome.Withdrawn, (await fixture.ReportAsync(name)).Outcome);
    }

    [Theory]
    [InlineData("a.md", true)]
    [InlineData("a/.b/..c/d..md", true)]
    [InlineData("a/%2e%2e/b.md", true)]
    [InlineData("", false)]
    [InlineData("a/.", false)]
    [InlineData("//", false)]
    public void Only_empty_and_dot_segments_make_a_name_unusable(string name, bool expected) =>
        Assert.Equal(expected, BlobNames.IsUsable(name));
}
