using System.Net;
using System.Text.Json.Nodes;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Storage;

/// <summary>
/// The published handler with no key at all: a managed identity, as infra sets it up, and storage over TLS.
/// </summary>
[Trait("Category", "Slow")]
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
                .. storage.Settings,
                .. identity.Settings,
                ("SSL_CERT_FILE", storage.CertificateFile),
                ("BlogStorage__credential", "managedidentity"),
                ("BlogStorage__clientId", "the-blog"),
            ]
        );

        await storage
            .Container(StorageNames.Posts)
            .UploadBlobAsync("first.md", BinaryData.FromString("---\ntitle: First\n---\nWithout a key."));
        var published = await handler.CallAsync(
            "PublishPost",
            InvocationPayload.Write("message", BlobEvent.Create(StorageNames.Posts, "first.md"))
        );
        var page = await handler.ReadAsync("/posts/first");
        var form = page.Split("action=\"")[1].Split('"')[0];
        using var commented = await handler.ProxyAsync(
            HttpMethod.Post,
            form,
            new FormUrlEncodedContent([
                new("name", "Grace"),
                new("email", "grace@example.com"),
                new("comment", "Read it."),
            ])
        );

        Assert.Equal(HttpStatusCode.OK, published.Status);
        Assert.Contains("Without a key.", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, commented.StatusCode);
        Assert.Equal(["the-blog"], identity.RequestedClientIds.Distinct());
    }

    [Fact]
    public async Task Commands_use_the_identity_that_is_signed_in_with_the_Azure_CLI()
    {
        await using var storage = await AzureLikeStorage.StartAsync();
        var folder = Directory.CreateTempSubdirectory("blog-az-");
        var until = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();
        var token = new JsonObject
        {
            ["accessToken"] = IdentityEndpoint.Token("https://storage.azure.com", until),
            ["expires_on"] = until,
        };
        await CreateAzureCliAsync(folder, token);

        await using var run = ProgramRun.Blog(
            ["poison", "--data", Path.Combine(folder.FullName, "none")],
            [
                .. storage.Settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)),
                new("SSL_CERT_FILE", storage.CertificateFile),
                new("PATH", $"{folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}"),
            ]
        );

        Assert.True(await run.EndAsync() == 0, run.Errors);
        Assert.Contains("No message", run.Output, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Without_a_sign_in_the_command_asks_for_one()
    {
        await using var storage = await AzureLikeStorage.StartAsync();
        var empty = Directory.CreateTempSubdirectory("blog-az-");

        await using var run = ProgramRun.Blog(
            ["poison", "--data", Path.Combine(empty.FullName, "none")],
            [
                .. storage.Settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)),
                new("SSL_CERT_FILE", storage.CertificateFile),
                new("PATH", empty.FullName),
            ]
        );

        Assert.Equal(1, await run.EndAsync());
        Assert.Contains("az login", Assert.Single(run.Errors.Trim().Split('\n')), StringComparison.Ordinal);
        empty.Delete(recursive: true);
    }

    /// <summary>Creates a stand-in for the Azure CLI that returns this token.</summary>
    private static async Task CreateAzureCliAsync(DirectoryInfo folder, JsonObject token)
    {
        await using var shell = ProgramRun.Start(
            "/bin/sh",
            ["-c", $"cat > az <<'END'\n#!/bin/sh\necho '{token.ToJsonString()}'\nEND\nchmod +x az"],
            folder: folder.FullName
        );
        Assert.Equal(0, await shell.EndAsync());
    }
}
