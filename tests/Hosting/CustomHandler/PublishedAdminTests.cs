using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Admin.SignIn;
using ServerlessBlog.Tests.Infrastructure;
using SkiaSharp;

namespace ServerlessBlog.Tests.Hosting.CustomHandler;

/// <summary>The admin area of the published handler.</summary>
[Trait("Category", "Slow")]
public sealed class PublishedAdminTests
{
    private const string Edit = "/moderate/posts/edit";

    [Fact]
    public async Task An_author_writes_a_post_with_a_picture_and_sees_what_failed()
    {
        var connection = await StandInHost.CreateStorageAsync();
        await using var handler = await PublishedHandler.StartAsync(connection);
        var cookie = await SignInAsync(handler, connection);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(""), "name" },
            { new StringContent(""), "version" },
            { new StringContent("---\r\ntitle: Written\r\n---\r\nWords.\r\n"), "text" },
            { new ByteArrayContent(TestPictures.Encode(1200, 900, SKEncodedImageFormat.Png)), "file", "Sea.png" },
        };

        using var saved = await SendAsync(handler, HttpMethod.Post, Edit, cookie, form);
        var call = await handler.CallAsync(
            "PublishPost",
            InvocationPayload.Write("message", BlobEvent.Create(StorageNames.Posts, "written.md"))
        );
        await new BlobContainerClient(connection, StorageNames.Posts).UploadBlobAsync(
            "broken.md",
            BinaryData.FromString("Words.")
        );
        await handler.CallAsync(
            "PublishPost",
            InvocationPayload.Write("message", BlobEvent.Create(StorageNames.Posts, "broken.md"))
        );

        Assert.Equal(
            (HttpStatusCode.SeeOther, $"{Edit}?name=written.md"),
            (saved.StatusCode, saved.Headers.Location?.ToString())
        );
        Assert.Equal(HttpStatusCode.OK, call.Status);
        Assert.Contains(
            "<a href=\"/posts/written\">Written</a>",
            await ReadAsync(handler, $"{Edit}?name=written.md", cookie),
            StringComparison.Ordinal
        );
        Assert.Contains("/media/sea.png?v=", await handler.ReadAsync("/posts/written"), StringComparison.Ordinal);
        Assert.Contains(
            "broken.md",
            await ReadAsync(handler, "/moderate/posts/all?state=refused", cookie),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "the file must begin with front matter",
            await ReadAsync(handler, "/moderate/failures/all", cookie),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_moderator_adds_a_passkey_and_signs_in_with_it()
    {
        const string sessions = "/moderate/sessions/all";
        var connection = await StandInHost.CreateStorageAsync();
        await using var handler = await PublishedHandler.StartAsync(connection);
        var cookie = await SignInAsync(handler, connection);
        using var passkey = new SoftPasskey();
        var form = await PasskeyFormAsync(handler, sessions, cookie);

        using var added = await SubmitAsync(
            handler,
            sessions,
            cookie,
            passkey.Create(form.GetAttribute("data-challenge")!)
        );
        var signIn = await PasskeyFormAsync(handler, "/moderate", "none=yet");
        using var signedIn = await SubmitAsync(
            handler,
            signIn.GetAttribute("action")!,
            "none=yet",
            passkey.Get(signIn.GetAttribute("data-challenge")!, form.GetAttribute("data-author")!)
        );

        Assert.Contains("The passkey is added.", await added.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, signedIn.StatusCode);
        var page = await ReadAsync(handler, sessions, signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        Assert.Contains("Signed in as Ada.", page, StringComparison.Ordinal);
    }

    private static async Task<IElement> PasskeyFormAsync(PublishedHandler handler, string path, string cookie) =>
        new HtmlParser().ParseDocument(await ReadAsync(handler, path, cookie)).QuerySelector("form.passkey")!;

    private static Task<HttpResponseMessage> SubmitAsync(
        PublishedHandler handler,
        string path,
        string cookie,
        IEnumerable<(string Name, string Value)> fields
    ) =>
        SendAsync(
            handler,
            HttpMethod.Post,
            path,
            cookie,
            new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)))
        );

    /// <summary>
    /// Signs in with a link that is created here from the handler's settings, and returns the session cookie.
    /// </summary>
    private static async Task<string> SignInAsync(PublishedHandler handler, string connection)
    {
        var environment = PublishedHandler
            .Environment(connection, 0)
            .Select(setting =>
                KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)
            );
        var settings = BlogSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(environment).Build());
        var (moderators, clock) = (new Moderators(settings), TimeProvider.System);
        var links = new SignInLinkSigner(settings, moderators, clock);
        using var response = await SendAsync(
            handler,
            HttpMethod.Post,
            new Uri(links.AddressOf(links.CreateLink(settings.Authors[0]))).AbsolutePath,
            "none=yet",
            new FormUrlEncodedContent([])
        );
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    /// <summary>Reads a page; again while storage is too slow for the handler, as on a busy machine.</summary>
    private static async Task<string> ReadAsync(PublishedHandler handler, string path, string cookie) =>
        (
            await TestBlog.WaitUntilAsync(
                async () =>
                {
                    using var response = await SendAsync(handler, HttpMethod.Get, path, cookie, null);
                    return (response.StatusCode, Text: await response.Content.ReadAsStringAsync());
                },
                response => response.StatusCode is not HttpStatusCode.ServiceUnavailable,
                $"a response to {path}"
            )
        ).Text;

    private static Task<HttpResponseMessage> SendAsync(
        PublishedHandler handler,
        HttpMethod method,
        string path,
        string cookie,
        HttpContent? content
    )
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("X-Forwarded-Host", "blog.test");
        request.Headers.Add("Origin", "http://blog.test");
        request.Headers.Add("Cookie", cookie);
        return handler.Http.SendAsync(request);
    }
}
