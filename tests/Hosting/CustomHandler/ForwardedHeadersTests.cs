using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessBlog.Hosting.CustomHandler;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.CustomHandler;

/// <summary>Who is asking, and at which address, as the Functions host says it.</summary>
public sealed class ForwardedHeadersTests
{
    private static readonly (string, string)[] Public =
    [
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Host", "blog.example.com"),
        ("X-Forwarded-For", "198.51.100.7"),
    ];

    [Fact]
    public async Task A_peer_on_this_machine_is_believed() =>
        Assert.Equal("https blog.example.com 198.51.100.7", await AskAsync(Public));

    [Fact]
    public async Task A_peer_elsewhere_is_not()
    {
        var answer = await AskAsync(Public, peer: IPAddress.Parse("203.0.113.9"));

        Assert.Equal("http here 203.0.113.9", answer);
    }

    [Theory]
    [InlineData("203.0.113.1, 198.51.100.7", "198.51.100.7")]
    [InlineData("127.0.0.1, 198.51.100.7", "198.51.100.7")]
    [InlineData("198.51.100.7, 127.0.0.1", "127.0.0.1")] // one step only, even where the one before would be believed
    [InlineData("198.51.100.7:51234", "198.51.100.7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    [InlineData("[2001:db8::7]:51234", "2001:db8::7")]
    [InlineData("nobody", "127.0.0.1")]
    [InlineData("198.51.100.7, unknown", "127.0.0.1")]
    [InlineData("", "127.0.0.1")]
    public async Task The_last_entry_is_the_client(string entries, string address) =>
        Assert.EndsWith($" {address}", await AskAsync([("X-Forwarded-For", entries)]), StringComparison.Ordinal);

    [Fact]
    public async Task The_clients_address_is_in_the_header_that_the_owner_names()
    {
        var answer = await AskAsync(
            [("X-Azure-ClientIP", "198.51.100.7"), ("X-Forwarded-For", "203.0.113.1")],
            header: "X-Azure-ClientIP"
        );

        Assert.Equal("http here 198.51.100.7", answer);
    }

    [Theory]
    [InlineData("X-Forwarded-Host", "blog example com/<script>")]
    [InlineData("X-Forwarded-Proto", "java script:")]
    public async Task What_is_no_host_or_scheme_is_not_taken(string header, string text) =>
        Assert.Equal("http here 127.0.0.1", await AskAsync([(header, text)]));

    [Fact]
    public async Task The_local_host_believes_nobody()
    {
        var seen = new TaskCompletionSource<string>();
        await using var blog = await TestBlog.StartAsync(compose: services =>
            services.AddSingleton<IStartupFilter>(new Afterwards(seen))
        );

        using var request = Request(new Uri(blog.Address, "/"), Public);
        using var response = await blog.Http.SendAsync(request);

        Assert.Equal("http here 127.0.0.1", await seen.Task);
    }

    /// <summary>Scheme, host and client's address as what comes after the middleware sees them.</summary>
    private static async Task<string> AskAsync(
        (string Name, string Value)[] headers,
        IPAddress? peer = null,
        string header = "X-Forwarded-For"
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Use(
            (context, next) =>
            {
                context.Connection.RemoteIpAddress = peer ?? context.Connection.RemoteIpAddress;
                return next(context);
            }
        );
        app.UseForwarded(header);
        app.Run(context => context.Response.WriteAsync(Describe(context)));
        await app.StartAsync();

        using var http = new HttpClient();
        using var request = Request(new Uri(app.Urls.Single()), headers);
        using var response = await http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private static HttpRequestMessage Request(Uri address, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Host = "here" } };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static string Describe(HttpContext context) =>
        $"{context.Request.Scheme} {context.Request.Host} {context.Connection.RemoteIpAddress}";

    /// <summary>Looks at the request when the whole pipeline is through with it: what it puts in place stays there.</summary>
    private sealed class Afterwards(TaskCompletionSource<string> seen) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                app.Use(
                    async (context, after) =>
                    {
                        await after(context);
                        seen.TrySetResult(Describe(context));
                    }
                );
                next(app);
            };
    }
}
