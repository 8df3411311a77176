using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// Stand-in for the endpoint that issues the tokens of an app's managed identity in Azure
/// (https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference). Its tokens are
/// unsigned and have the claims that Azurite checks.
/// </summary>
public sealed class IdentityEndpoint : IAsyncDisposable
{
    private const string Header = "the-platform-knows-this";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _clientIds = [];

    private IdentityEndpoint(WebApplication app) => _app = app;

    /// <summary>The environment variables that the platform sets for the app.</summary>
    public IReadOnlyList<(string Name, string Value)> Settings { get; private set; } = [];

    /// <summary>The client id of each token request so far; empty strings for requests without one.</summary>
    public IReadOnlyCollection<string> RequestedClientIds => _clientIds;

    /// <summary>Starts the endpoint on a free port of 127.0.0.1.</summary>
    public static async Task<IdentityEndpoint> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var endpoint = new IdentityEndpoint(builder.Build());
        endpoint._app.Urls.Add("http://127.0.0.1:0");
        endpoint._app.MapGet("/token", endpoint.IssueToken);
        await endpoint._app.StartAsync();
        var address = endpoint
            ._app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.Single();
        endpoint.Settings = [("IDENTITY_ENDPOINT", $"{address}/token"), ("IDENTITY_HEADER", Header)];
        return endpoint;
    }

    /// <summary>Creates an unsigned JWT that Azurite accepts.</summary>
    /// <param name="resource">The audience of the token.</param>
    /// <param name="until">The expiry in seconds since 1970-01-01 UTC; the token is valid for the 2 h before
    /// it.</param>
    public static string Token(string resource, long until)
    {
        var claims = new JsonObject
        {
            ["aud"] = resource,
            ["iss"] = "https://sts.windows.net/00000000-0000-0000-0000-000000000002/",
            ["nbf"] = until - 7200,
            ["iat"] = until - 7200,
            ["exp"] = until,
            ["ver"] = "1.0",
        };
        return $"{Encode(new JsonObject { ["alg"] = "none", ["typ"] = "JWT" })}.{Encode(claims)}.{Encode([])}";
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private IResult IssueToken(HttpRequest request)
    {
        if (request.Headers["X-IDENTITY-HEADER"] != Header)
        {
            return Results.Unauthorized();
        }

        _clientIds.Enqueue($"{request.Query["client_id"]}");
        var until = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();
        var resource = $"{request.Query["resource"]}";
        return Results.Text(
            new JsonObject
            {
                ["access_token"] = Token(resource, until),
                ["expires_on"] = $"{until}",
                ["resource"] = resource,
                ["token_type"] = "Bearer",
            }.ToJsonString(),
            "application/json"
        );
    }

    private static string Encode(JsonObject part) =>
        System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
