using Azure.Storage.Blobs;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Crashes;

/// <summary>
/// Duplicate delivery: each message is delivered ten times to the published handler, up to eight at once.
/// </summary>
[Trait("Category", "Slow")]
public sealed class RedeliveryTests
{
    [Fact]
    public async Task Ten_deliveries_have_one_effect()
    {
        await using var fixture = await CrashFixture.StartAsync();
        var upload = await UploadAsync(fixture, "post.md", "---\ntitle: Ten times\n---\nText.\n");
        await DeliverAsync(fixture, nameof(PublishPost), BlobEvent.Create(StorageNames.Posts, "post.md"));
        var post = PostId.FromBlobName("post.md");
        await fixture.WaitForReportAsync(upload);
        var comments = fixture.Observer.Get<CommentTable>();
        var comment = ContentBuilder.BuildComment(
            await comments.GetIdKeyAsync(CancellationToken.None),
            post,
            "Said once."
        );
        await comments.AddAsync(comment, CancellationToken.None);

        await DeliverAsync(fixture, nameof(ModerateComment), comment.Key.ToString());
        await DeliverAsync(fixture, "SendNotice", $"held-{comment.Key}");
        await DeliverAsync(fixture, nameof(RaisePage), post.ToString());

        Assert.Single(await comments.ReadAuditAsync(comment.Key, CancellationToken.None));
        await TestBlog.WaitUntilAsync(
            async () =>
                (
                    await fixture
                        .Observer.Get<NotificationTable>()
                        .FindAsync($"held-{comment.Key}", CancellationToken.None)
                )?.Value,
            notification => notification?.State == NotificationState.Sent,
            "the mail to be sent"
        );
        Assert.Equal(
            1,
            (await fixture.Observer.Get<NotificationTable>().FindAsync($"held-{comment.Key}", CancellationToken.None))!
                .Value
                .Attempts
        );
        Assert.Single(await fixture.Mails.MailsAsync(), mail => mail.To.Contains(fixture.Author));
        Assert.Single(await fixture.Observer.Get<PostLists>().ReadNewestAsync(0, 10, CancellationToken.None));
        await fixture.WaitForFreshPageAsync("/posts/post", post);
        await fixture.WaitForFreshHomePageAsync();
    }

    private static async Task<Upload> UploadAsync(CrashFixture fixture, string name, string text)
    {
        var done = await new BlobContainerClient(fixture.Observer.Connection, StorageNames.Posts).UploadBlobAsync(
            name,
            BinaryData.FromString(text)
        );
        return new Upload(name, done.Value.ETag.ToString(), BlobEvent.Create(StorageNames.Posts, name));
    }

    private static async Task DeliverAsync(CrashFixture fixture, string function, string message)
    {
        var handler = await fixture.Host.HandlerAsync();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 10),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (_, _) =>
                Assert.Equal(
                    InvocationPayload.SuccessBody,
                    (await handler.CallAsync(function, InvocationPayload.Write("message", message))).Body
                )
        );
    }
}
