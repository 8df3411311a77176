using System.Net;
using ServerlessBlog.Hosting;
using ServerlessBlog.Tests.House;

namespace ServerlessBlog.Tests.Hosting;

/// <summary>The published handler with no key at all: a managed identity, as infra sets it up, and storage over TLS.</summary>
public sealed class IdentityTests
{
    [Fact]
    public async Task A_post_is_published_read_and_commented_on_with_a_managed_identity()
    {
        await using var storage = await AzureLikeStorage.StartAsync();
        await using var identity = await IdentityEndpoint.StartAsync();
        await using var handler = await PublishedHandler.StartAsync(
            "", // no connection string
            [
                .. storage.Settings, .. identity.Settings, ("SSL_CERT_FILE", storage.CertificateFile),
                ("BlogStorage__credential", "managedidentity"), ("BlogStorage__clientId", "the-blog"),
            ]);

        await storage.Container(StorageNames.Posts).UploadBlobAsync("first.md", BinaryData.FromString("---\ntitle: First\n---\nWithout a key."));
        var published = await handler.CallAsync("PublishPost", Envelope.Write("message", BlobEvent.Of(StorageNames.Posts, "first.md")));
        var page = await handler.ReadAsync("/posts/first");
        var form = page.Split("action=\"")[1].Split('"')[0];
        using var commented = await handler.ProxyAsync(HttpMethod.Post, form, new FormUrlEncodedContent([new("name", "Grace"), new("email", "grace@example.com"), new("comment", "Read it.")]));

        Assert.Equal(HttpStatusCode.OK, published.Status);
        Assert.Contains("Without a key.", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, commented.StatusCode);
        Assert.Equal(["the-blog"], identity.Asked.Distinct());
    }
}
