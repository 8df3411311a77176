using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace ServerlessBlog.Hosting.CustomHandler;

/// <summary>
/// Applies the headers with which the Functions host passes on the public scheme and host, and the client's address.
/// </summary>
public static class ForwardedHeadersExtensions
{
    /// <summary>
    /// Applies X-Forwarded-Proto, X-Forwarded-Host and the client's address to the request, so that later code reads
    /// <c>Request.Scheme</c>, <c>Request.Host</c> and <c>Connection.RemoteIpAddress</c>. Only headers from this machine
    /// are trusted (the default of the options), and of several addresses only the last: the proxy in front added it,
    /// while the client may have forged those before it.
    /// </summary>
    /// <param name="app">
    /// The custom handler. The local host needs no forwarded headers, because its clients connect directly.
    /// </param>
    /// <param name="clientAddressHeader">The name of the header with the client's address.</param>
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
        // UseForwardedHeaders would find the middleware by reflection at every start.
        app.Use(next => new ForwardedHeadersMiddleware(next, loggers, options).Invoke);
    }
}
