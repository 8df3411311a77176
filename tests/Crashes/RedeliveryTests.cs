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

/// <summary>Every message comes ten times, eight at once, to the published handler.</summary>
public sealed class RedeliveryTests
{
    [Fact]
    public async Task Ten_deliveries_have_one_effect()
    {
        await using var stage = await CrashStage.StartAsync();
        var version = await UploadAsync(stage, "post.md", "---\ntitle: Ten times\n---\nText.\n");
        await DeliverAsync(stage, nameof(PublishPost), BlobEvent.Of(StorageNames.Posts, "post.md"));
        var post = PostId.OfFile("post.md");
        await stage.PublishedAsync("post.md", version);
        var comments = stage.Inside.Get<CommentTable>();
        var comment = Scene.CommentOf(await comments.IdKeyAsync(CancellationToken.None), post, "Said once.");
        await comments.KeepAsync(comment, CancellationToken.None);

        await DeliverAsync(stage, nameof(ModerateComment), comment.Key.ToString());
        await DeliverAsync(stage, nameof(SendNotice), $"held-{comment.Key}");
        await DeliverAsync(stage, nameof(RaisePage), post.ToString());

        Assert.Single(await comments.AuditAsync(comment.Key, CancellationToken.None));
        await TestBlog.UntilAsync(
            async () => (await stage.Inside.Get<NoticeTable>().FindAsync($"held-{comment.Key}", CancellationToken.None))?.Value, notice => notice?.State == NoticeState.Sent, "the notice");
        Assert.Equal(1, (await stage.Inside.Get<NoticeTable>().FindAsync($"held-{comment.Key}", CancellationToken.None))!.Value.Attempts);
        Assert.Single(await stage.Mails.MailsAsync(), mail => mail.To.Contains(stage.Author));
        Assert.Single(await stage.Inside.Get<PostLists>().NewestAsync(0, 10, CancellationToken.None));
        await stage.AgreesAsync("/posts/post", post);
        await stage.HomeAgreesAsync();
    }

    private static async Task<string> UploadAsync(CrashStage stage, string name, string text) =>
        (await new BlobContainerClient(stage.Inside.Connection, StorageNames.Posts).UploadBlobAsync(name, BinaryData.FromString(text))).Value.ETag.ToString();

    private static async Task DeliverAsync(CrashStage stage, string function, string message)
    {
        var handler = await stage.Host.HandlerAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, 10), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) =>
            Assert.Equal(Envelope.Done, (await handler.CallAsync(function, Envelope.Write("message", message))).Body));
    }
}
