using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessBlog.Hosting.CustomHandler;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.CustomHandler;

/// <summary>The client's address, the scheme and the host from the headers that the Functions host adds.</summary>
public sealed class ForwardedHeadersTests
{
    private static readonly (string, string)[] Public =
    [
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Host", "blog.example.com"),
        ("X-Forwarded-For", "198.51.100.7"),
    ];

    [Fact]
    public async Task A_peer_on_this_machine_is_trusted() =>
        Assert.Equal("https blog.example.com 198.51.100.7", await SendAsync(Public));

    [Fact]
    public async Task A_peer_on_another_machine_is_not_trusted()
    {
        var seen = await SendAsync(Public, peer: IPAddress.Parse("203.0.113.9"));

        Assert.Equal("http here 203.0.113.9", seen);
    }

    [Theory]
    [InlineData("203.0.113.1, 198.51.100.7", "198.51.100.7")]
    [InlineData("127.0.0.1, 198.51.100.7", "198.51.100.7")]
    [InlineData("198.51.100.7, 127.0.0.1", "127.0.0.1")] // only the last entry counts, even if it is a trusted address
    [InlineData("198.51.100.7:51234", "198.51.100.7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    [InlineData("[2001:db8::7]:51234", "2001:db8::7")]
    [InlineData("nobody", "127.0.0.1")]
    [InlineData("198.51.100.7, unknown", "127.0.0.1")]
    [InlineData("", "127.0.0.1")]
    public async Task The_last_entry_is_the_client(string entries, string address) =>
        Assert.EndsWith($" {address}", await SendAsync([("X-Forwarded-For", entries)]), StringComparison.Ordinal);

    [Fact]
    public async Task The_clients_address_is_in_the_header_that_the_owner_names()
    {
        var seen = await SendAsync(
            [("X-Azure-ClientIP", "198.51.100.7"), ("X-Forwarded-For", "203.0.113.1")],
            header: "X-Azure-ClientIP"
        );

        Assert.Equal("http here 198.51.100.7", seen);
    }

    [Theory]
    [InlineData("X-Forwarded-Host", "blog example com/<script>")]
    [InlineData("X-Forwarded-Proto", "java script:")]
    public async Task An_invalid_host_or_scheme_is_ignored(string header, string text) =>
        Assert.Equal("http here 127.0.0.1", await SendAsync([(header, text)]));

    [Fact]
    public async Task The_local_host_trusts_no_peer()
    {
        var seen = new TaskCompletionSource<string>();
        await using var blog = await TestBlog.StartAsync(compose: services =>
            services.AddSingleton<IStartupFilter>(new RecordingFilter(seen))
        );

        using var request = Request(new Uri(blog.Address, "/"), Public);
        using var response = await blog.Http.SendAsync(request);

        Assert.Equal("http here 127.0.0.1", await seen.Task);
    }

    /// <summary>
    /// Sends a request and returns the scheme, host and client address that the middleware leaves in place.
    /// </summary>
    private static async Task<string> SendAsync(
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

    /// <summary>
    /// Records the request after the whole pipeline has run; changes of the middleware are still in place then.
    /// </summary>
    private sealed class RecordingFilter(TaskCompletionSource<string> seen) : IStartupFilter
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
