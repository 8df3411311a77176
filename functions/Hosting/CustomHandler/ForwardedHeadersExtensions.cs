using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace ServerlessBlog.Hosting.CustomHandler;

/// <summary>What the Functions host says of a request that it passes on: the public scheme and host, and the client's address.</summary>
public static class ForwardedHeadersExtensions
{
    /// <summary>
    /// Puts X-Forwarded-Proto, X-Forwarded-Host and the client's address in place of the connection's, so that later code reads
    /// <c>Request.Scheme</c>, <c>Request.Host</c> and <c>Connection.RemoteIpAddress</c>. Only a peer on this machine is believed (the options' default),
    /// and of several addresses only the last: whoever is before us added it; those before it, anybody may have sent.
    /// </summary>
    /// <param name="app">The custom handler; the local host's clients are there themselves.</param>
    /// <param name="clientAddressHeader">The header that holds the client's address.</param>
    public static void UseForwarded(this IApplicationBuilder app, string clientAddressHeader)
    {
        var options = Options.Create(
            new ForwardedHeadersOptions
            {
                ForwardedHeaders =
                    ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedProto,
                ForwardedForHeaderName = clientAddressHeader,
                ForwardLimit = 1,
            }
        );
        var loggers = app.ApplicationServices.GetRequiredService<ILoggerFactory>();
        app.Use(next => new ForwardedHeadersMiddleware(next, loggers, options).Invoke); // UseForwardedHeaders would find it by reflection, at every start
    }
}
