using Azure.Data.Tables;
using Azure.Storage.Blobs;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Posts.Publishing;

namespace ServerlessBlog.Tests.Posts.Storage;

/// <summary>The versions of a post that are kept.</summary>
[Trait("Category", "Slow")]
public sealed class PostVersionTests
{
    private const string File = "kept.md";

    private static readonly PostId Id = PostId.FromBlobName(File);

    [Fact]
    public async Task Every_text_is_a_version_once_however_often_its_message_comes_and_whoever_reads_it_at_once()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await using var other = await PublishingFixture.StartAsync(connection: fixture.Blog.Connection);

        foreach (var title in new[] { "First", "Second", "First" })
        {
            await fixture.PutAsync(File, PublishingFixture.Text(title));
            await Task.WhenAll(
                Enumerable.Range(0, 4).Select(number => (number % 2 == 0 ? fixture : other).DeliverAsync(File))
            );
        }

        var versions = await VersionsAsync(fixture);
        Assert.Equal(["First", "Second", "First"], versions.Select(version => version.Title));
        Assert.Equal([3, 2, 1], versions.Select(version => version.Number));
        Assert.All(versions, version => Assert.Equal(VersionOrigin.Upload, version.Origin));
    }

    [Fact]
    public async Task Twenty_versions_are_kept_with_their_texts_and_a_text_that_comes_back_is_kept_too()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        for (var number = 1; number <= PostVersion.MaxKept + 3; number++)
        {
            await fixture.PublishAsync(File, PublishingFixture.Text($"Text {number}"));
        }

        var (titles, copies) = (
            (await VersionsAsync(fixture)).Select(version => version.Title),
            await CopiesAsync(fixture)
        );
        await fixture.PublishAsync(File, PublishingFixture.Text("Text 1", body: "Some text."));

        Assert.Equal(Enumerable.Range(4, 20).Reverse().Select(number => $"Text {number}"), titles);
        Assert.Equal(PostVersion.MaxKept, copies);
        Assert.Equal(PostVersion.MaxKept, await CopiesAsync(fixture));
        Assert.Equal("Text 1", (await VersionsAsync(fixture))[0].Title);
        Assert.Equal("200", await fixture.StatusAsync("/posts/kept"));
    }

    [Fact]
    public async Task The_text_of_a_post_from_before_there_were_versions_is_kept_with_its_first_change()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync(File, PublishingFixture.Text("Before"));
        var table = new TableClient(fixture.Blog.Connection, StorageNames.PostTable);
        await foreach (var row in table.QueryAsync<TableEntity>("RowKey ge 'version:' and RowKey lt 'version;'"))
        {
            await table.DeleteEntityAsync(row);
        }

        await fixture.PublishAsync(File, PublishingFixture.Text("After"));

        Assert.Equal(["After", "Before"], (await VersionsAsync(fixture)).Select(version => version.Title));
    }

    private static Task<IReadOnlyList<PostVersion>> VersionsAsync(PublishingFixture fixture) =>
        fixture.Blog.Get<PostVersionTable>().ReadAsync(Id, CancellationToken.None);

    private static async Task<int> CopiesAsync(PublishingFixture fixture) =>
        await new BlobContainerClient(fixture.Blog.Connection, StorageNames.Accepted).GetBlobsAsync().CountAsync();
}
