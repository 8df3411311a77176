using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Hosting.CustomHandler;

/// <summary>
/// The custom handler of Azure Functions: serves the HTTP functions, which the host proxies, and <c>POST
/// /{FunctionName}</c> for queue and timer functions, on the loopback port that the host names.
/// </summary>
/// <remarks>
/// During the start, the host polls <c>GET /</c> until it gets any response (DefaultHttpWorkerService.IsWorkerReady).
/// The poll gets the home page like every other request: not every version of the host marks it in a way that
/// distinguishes it from a proxied request.
/// </remarks>
public static partial class CustomHandlerHost
{
    /// <summary>The environment variable in which the Functions host names the port.</summary>
    public const string PortVariable = "FUNCTIONS_CUSTOMHANDLER_PORT";

    /// <summary>
    /// The options of the custom handler and of the local host. Settings are read once, at the start; no file is
    /// watched, because the number of file watchers of a machine is limited.
    /// </summary>
    internal static WebApplicationOptions Options =>
        new() { ContentRootPath = AppContext.BaseDirectory, Args = ["--hostBuilder:reloadConfigOnChange=false"] };

    /// <summary>Runs until the Functions host stops the handler or ends itself.</summary>
    /// <param name="portText">The port, 1 to 65535.</param>
    /// <param name="addServices">Registers the services of the blog.</param>
    /// <param name="useMiddleware">Adds the middleware of the blog before routing.</param>
    /// <returns>The exit code, 0.</returns>
    /// <exception cref="SettingException">The port or another setting is invalid.</exception>
    public static async Task<int> RunAsync(
        string portText,
        Action<WebApplicationBuilder> addServices,
        Action<WebApplication> useMiddleware
    )
    {
        if (
            !int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is 0 or > 65535
        )
        {
            throw new SettingException($"{PortVariable} is '{portText}': it must be a port, 1 to 65535.");
        }

        using var hostEnded = new CancellationTokenSource();
        // First: a parent that has ended before this call is not noticed.
        await using var parent = ParentProcess.Watch(hostEnded.Cancel);
        Directory.SetCurrentDirectory(AppContext.BaseDirectory); // independent of the folder of the caller
        var builder = WebApplication.CreateSlimBuilder(Options);
        ConfigureLogging(builder.Logging);
        ConfigureServer(builder.WebHost, port);
        addServices(builder);

        await using var app = builder.Build();
        useMiddleware(app);
        app.UseForwarded(app.Services.GetRequiredService<BlogSettings>().ClientAddressHeader);
        app.UseRouting(); // after the middleware that serves cached pages, which needs no routing
        app.MapHttpFunctions();
        MapTriggers(app);
        using var stopping = hostEnded.Token.Register(app.Lifetime.StopApplication);
        await app.RunAsync();
        return 0;
    }

    private static void ConfigureLogging(ILoggingBuilder logging)
    {
        // The host makes one log entry of each line.
        logging.AddSimpleConsole(console => console.SingleLine = true);
        // Lower levels log paths, and some paths carry a signed right.
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // Without this, each request creates an activity and a logging scope that nobody reads.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }

    private static void ConfigureServer(IWebHostBuilder server, int port)
    {
        // The only client is the Functions host on this machine, which deals with slow clients itself.
        server.ConfigureKestrel(kestrel => kestrel.Limits.MinResponseDataRate = null);
        // Overrides ASPNETCORE_URLS, which is meant for the host and inherited from its environment.
        server.UseUrls($"http://127.0.0.1:{port}");
    }

    private static void MapTriggers(WebApplication app)
    {
        var triggers = app.Services.GetRequiredService<TriggerInvoker>();
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(nameof(CustomHandlerHost));
        foreach (var name in triggers.Names)
        {
            app.MapPost("/" + name, (RequestDelegate)(context => InvokeAsync(context, triggers, name, logger)));
        }
    }

    private static async Task InvokeAsync(HttpContext context, TriggerInvoker triggers, string name, ILogger logger)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = InvocationPayload.MaxBytes;
        using var payload = new MemoryStream();
        await context.Request.Body.CopyToAsync(payload, context.RequestAborted);
        try
        {
            await triggers.InvokeAsync(
                name,
                payload.GetBuffer().AsMemory(0, (int)payload.Length),
                context.RequestAborted
            );
        }
        catch (InvocationPayloadException problem)
        {
            LogBadPayload(logger, name, problem.Message);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(problem.Message, context.RequestAborted);
            return;
        }
#pragma warning disable CA1031 // For every failure, the status 500 tells the host to retry the message.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            LogFailed(logger, name, problem);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(InvocationPayload.SuccessBody, context.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Function} was called with a bad envelope: {Problem}")]
    private static partial void LogBadPayload(ILogger logger, string function, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Function} failed; the host will try again.")]
    private static partial void LogFailed(ILogger logger, string function, Exception problem);
}
