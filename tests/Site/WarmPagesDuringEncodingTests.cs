using System.Net;
using Azure.Storage.Blobs;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Media;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Site;

/// <summary>A process with one processor, as on a small instance, that encodes pictures while readers come.</summary>
[Trait("Category", "Slow")]
public sealed class WarmPagesDuringEncodingTests
{
    private static readonly string[] Pictures = ["/media/a.png?w=480", "/media/b.png?w=480"];

    [Fact]
    public async Task Warm_pages_are_answered_while_the_largest_accepted_pictures_are_encoded_one_after_the_other()
    {
        await using var handler = await PublishedHandler.StartBuiltAsync(
            await PrepareAsync(),
            ("DOTNET_PROCESSOR_COUNT", "1")
        );
        var page = await handler.ReadAsync("/posts/warm");

        var pictures = Task.WhenAll(Pictures.Select(path => handler.ProxyAsync(HttpMethod.Get, path)));
        Dictionary<string, int> answersByThread = [];
        while (!pictures.IsCompleted)
        {
            var before = EncodingThreads.Find(handler.Run.Id);
            using var answer = await handler.ProxyAsync(HttpMethod.Get, "/posts/warm");
            Assert.Equal((HttpStatusCode.OK, page), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
            Assert.True(before.Count <= 1, $"{before.Count} pictures at once");
            var after = EncodingThreads.Find(handler.Run.Id);
            foreach (var (thread, niceValue) in after.IntersectBy(before.Select(one => one.Thread), one => one.Thread))
            {
                Assert.Equal(EncodingThread.NiceValue, niceValue); // not in before: the thread may just have started
                answersByThread[thread] = answersByThread.GetValueOrDefault(thread) + 1;
            }
        }

        Assert.Equal(Pictures.Length, answersByThread.Count);
        Assert.All(answersByThread.Values, count => Assert.True(count >= 50, $"{count} answers during one picture"));
        foreach (var picture in await pictures)
        {
            using (picture)
            {
                Assert.Equal("image/webp", picture.Content.Headers.ContentType?.MediaType);
            }
        }
    }

    /// <summary>Creates a blog with a post and with pictures that no process has encoded.</summary>
    private static async Task<string> PrepareAsync()
    {
        string connection;
        await using (var blog = await TestBlog.StartAsync())
        {
            await blog.PublishAsync("warm");
            connection = blog.Connection;
        }

        var media = new BlobContainerClient(connection, StorageNames.Media);
        var largest = BinaryData.FromBytes(TestPictures.Largest());
        await Task.WhenAll(
            media.GetBlobClient("a.png").UploadAsync(largest),
            media.GetBlobClient("b.png").UploadAsync(largest)
        );
        return connection;
    }
}
