using System.Net;
using System.Text;
using AngleSharp.Html.Parser;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Comments;
using ServerlessBlog.Letters;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Tests.Web;

/// <summary>Forms that cannot be read (C10, C11), sent to every function that takes a POST.</summary>
public sealed class UnreadableFormTests
{
    private const string UrlEncoded = "application/x-www-form-urlencoded";
    private const string Multipart = "multipart/form-data; boundary=x";
    private const string Field = "--x\r\nContent-Disposition: form-data; name=\"comment\"";

    private static readonly (string Type, string Body, HttpStatusCode Status, string Text)[] Unreadable =
    [
        ("multipart/form-data", Field + "\r\n\r\nText\r\n--x--", HttpStatusCode.BadRequest, "unread.fields"),
        (Multipart, "no boundary", HttpStatusCode.BadRequest, "unread.part"),
        (Multipart, "", HttpStatusCode.BadRequest, "unread.part"),
        (Multipart, Field + "\r\n\r\nText", HttpStatusCode.BadRequest, "unread.part"),
        (Multipart, Field + "\r\n\r\nText\r\n--x", HttpStatusCode.BadRequest, "unread.title"),
        (Multipart, Field + "\r\n\r\nText\r\n--x\r\n", HttpStatusCode.BadRequest, "unread.title"),
        (Multipart, "--x\r\nContent-Disposition: ;\r\n\r\nText\r\n--x--", HttpStatusCode.BadRequest, "unread.fields"),
        (Multipart, "--x\r\nno header\r\n\r\nText\r\n--x--", HttpStatusCode.BadRequest, "unread.fields"),
        (Multipart + "; charset=utf-7", Field + "\r\n\r\nA\r\n--x--", HttpStatusCode.BadRequest, "unread.charset"),
        (
            Multipart,
            Field + "\r\nContent-Type: text/plain; charset=utf-7\r\n\r\nA\r\n--x--",
            HttpStatusCode.BadRequest,
            "unread.charset"
        ),
        (UrlEncoded + "; charset=utf-7", "comment=A", HttpStatusCode.BadRequest, "unread.charset"),
        (UrlEncoded + "; charset=windows-1252", "comment=A", HttpStatusCode.BadRequest, "unread.charset"),
        (UrlEncoded + "; charset=none-such", "comment=A", HttpStatusCode.BadRequest, "unread.charset"),
        (UrlEncoded, new string('&', 2000).Replace("&", "a=b&"), HttpStatusCode.BadRequest, "unread.fields"),
        ("application/json", """{"comment":"A"}""", HttpStatusCode.UnsupportedMediaType, "no-form.sentence"),
        ("text/plain", "comment=A", HttpStatusCode.UnsupportedMediaType, "no-form.sentence"),
        ("no type at all", "comment=A", HttpStatusCode.UnsupportedMediaType, "no-form.sentence"),
        ("", "", HttpStatusCode.UnsupportedMediaType, "no-form.sentence"),
    ];

    /// <summary>Addresses whose forms report a NUL at its field, or in the preview.</summary>
    private static readonly string[] ReportingAtField = ["posts/{id}/comments", "comment/{token}", "api/preview"];

    private readonly LogCapture<object> _log = new();

    [Fact]
    public async Task Every_form_that_cannot_be_read_is_the_senders_mistake_and_not_logged()
    {
        Assert.Contains("no boundary", TextCase.Find("C10"), StringComparison.Ordinal);
        await using var blog = await StartAsync();
        var (moderator, addresses) = (await AdminDriver.SignInAsync(blog), await FindAddressesAsync(blog));
        Assert.InRange(addresses.Count, 12, 100);
        var large = new string('a', 65 * 1024 * 1024);
        foreach (var (route, address) in addresses)
        {
            foreach (var (type, body, status, text) in Unreadable)
            {
                await AssertRefusedAsync(blog, moderator, address, (type, body), status, text);
            }

            await AssertRefusedAsync(
                blog,
                moderator,
                address,
                (UrlEncoded, large),
                HttpStatusCode.RequestEntityTooLarge,
                "unread.large"
            );
            if (!ReportingAtField.Contains(route))
            {
                foreach (var nul in new[] { "email=a%00b", "email=\0", "a%00b=c" })
                {
                    await AssertRefusedAsync(
                        blog,
                        moderator,
                        address,
                        (UrlEncoded, nul),
                        HttpStatusCode.BadRequest,
                        "unread.nul"
                    );
                }
            }
        }

        Assert.Equal([], LoggedAboveInformation());
    }

    [Theory]
    [InlineData("name")]
    [InlineData("email")]
    [InlineData("website")]
    [InlineData("comment")]
    public async Task A_NUL_in_a_comment_is_reported_at_its_field(string field)
    {
        Assert.Equal("a NUL (%00) in the field called name", TextCase.Find("C11"));
        await using var blog = await StartAsync();
        var post = await blog.PublishAsync("nul");
        var sentence = SiteTexts.BuiltIn["wrong.nul"];
        string[] names = ["name", "email", "website", "comment"];
        var body = string.Join('&', names.Select(name => $"{name}={(name == field ? "A%00b" : "a@b.example")}"));
        var multipart = string.Concat(
            names.Select(name =>
                $"--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n"
                + $"{(name == field ? "A\0b" : "a@b.example")}\r\n"
            )
        );
        foreach (var (type, sent) in new[] { (UrlEncoded, body), (Multipart, multipart + "--x--\r\n") })
        {
            using var response = await SendAsync(blog, $"/posts/{post}/comments", (type, sent), cookie: null);
            using var page = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            var problem = page.QuerySelector($"#leave-a-comment [name={field}]")!.GetAttribute("aria-describedby")!;
            Assert.Contains(problem.Split(' '), id => page.GetElementById(id)!.TextContent.Contains(sentence));
        }

        Assert.Equal([], LoggedAboveInformation());
    }

    [Theory]
    [InlineData("comment=A%00b")]
    [InlineData("comment=%00")]
    public async Task A_NUL_is_not_previewed(string form)
    {
        await using var blog = await StartAsync();

        using var response = await SendAsync(blog, "/api/preview", (UrlEncoded, form), cookie: null);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(SiteTexts.BuiltIn["wrong.preview"], await response.Content.ReadAsStringAsync());
        Assert.Equal([], LoggedAboveInformation());
    }

    [Fact]
    public async Task A_readable_form_of_either_type_is_accepted_in_UTF_8()
    {
        await using var blog = await StartAsync();
        foreach (
            var (type, body) in new[]
            {
                (UrlEncoded + "; charset=UTF-8", "comment=%C3%A9+%2B+%F0%9F%98%80"),
                (UrlEncoded + "; charset=\"utf-8\"", "comment=é+%2B+😀"),
                (Multipart, Field + "\r\n\r\né + 😀\r\n--x--\r\n"),
            }
        )
        {
            using var response = await SendAsync(blog, "/api/preview", (type, body), cookie: null);
            Assert.Equal("<p dir=\"auto\">é + 😀</p>", (await response.Content.ReadAsStringAsync()).Trim());
        }
    }

    private Task<TestBlog> StartAsync() =>
        TestBlog.StartAsync(compose: services =>
            services
                .Configure<LoggerFilterOptions>(options => options.MinLevel = LogLevel.Information)
                .AddSingleton<ILoggerProvider>(new LogCaptureProvider(_log))
        );

    private IEnumerable<string> LoggedAboveInformation() =>
        new[] { LogLevel.Warning, LogLevel.Error, LogLevel.Critical }.SelectMany(_log.At);

    /// <summary>The routes of all functions that take a POST, each with an address that accepts a form.</summary>
    private static async Task<IReadOnlyList<(string Route, string Address)>> FindAddressesAsync(TestBlog blog)
    {
        var post = await blog.PublishAsync("post");
        var comment = await ContentBuilder.SubmitCommentAsync(blog, post, "A comment.");
        var (links, signIn) = (blog.Get<SignedLinks>(), blog.Get<SignInLinkSigner>());
        var token = signIn.AddressOf(signIn.CreateLink(blog.Get<Moderators>().FindByEmail("ada@blog.test")!));
        var recipient = Recipient.Create("grace@example.com", DateTimeOffset.UtcNow);
        var letters = blog.Get<LetterLinks>().AddressOf(recipient, LetterScope.NewPosts, DateTimeOffset.UtcNow);
        return
        [
            .. Program
                .Functions.With<HttpTriggerAttribute>()
                .Where(function => function.Trigger.Methods!.Contains("post"))
                .Select(function => function.Trigger.Route!)
                .Select(route =>
                    (
                        route,
                        "/"
                            + route
                                .Replace("{id}", post.ToString(), StringComparison.Ordinal)
                                .Replace("{file}", "theme.css", StringComparison.Ordinal)
                                .Replace("{key}", comment.Key.ToString(), StringComparison.Ordinal)
                                .Replace("{state}", "held", StringComparison.Ordinal)
                                .Replace(
                                    "{token}",
                                    route switch
                                    {
                                        "comment/{token}" => links.Sign(LinkAction.Receipt, comment),
                                        "privacy/{token}" => "any",
                                        "letters/{token}" => letters[(letters.LastIndexOf('/') + 1)..],
                                        AdminPaths.ReviewRoute => links.Sign(LinkAction.Spam, comment),
                                        _ => token.Split('/')[^1],
                                    },
                                    StringComparison.Ordinal
                                )
                    )
                ),
        ];
    }

    private static async Task AssertRefusedAsync(
        TestBlog blog,
        AdminDriver moderator,
        string address,
        (string Type, string Body) form,
        HttpStatusCode status,
        string text
    )
    {
        using var response = await SendAsync(blog, address, form, moderator.Cookie);
        var page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        Assert.True(
            response.StatusCode == status && page.Contains(SiteTexts.BuiltIn[text], StringComparison.Ordinal),
            $"{address} as {form.Type} with {form.Body[..Math.Min(form.Body.Length, 80)]}: "
                + $"{(int)response.StatusCode}\n{page}"
        );
    }

    private static async Task<HttpResponseMessage> SendAsync(
        TestBlog blog,
        string address,
        (string Type, string Body) form,
        string? cookie
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(form.Body));
        request.Content.Headers.TryAddWithoutValidation("Content-Type", form.Type);
        request.Headers.Add("Origin", "http://blog.test");
        request.Headers.ExpectContinue = form.Body.Length > 1024 * 1024; // a body refused unread gets its response
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await blog.Http.SendAsync(request);
    }
}
