using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Hosting.CustomHandler;

/// <summary>
/// The Azure Functions custom handler: HTTP functions as the host proxies them, and <c>POST /{FunctionName}</c> for queues and timers,
/// on the loopback port that the host names.
/// </summary>
/// <remarks>
/// While it starts, the host polls <c>GET /</c> until it gets any response (DefaultHttpWorkerService.IsWorkerReady). The poll is answered with the home
/// page like every other request: nothing in it tells it apart in every version of the host from a request that the host passes on.
/// </remarks>
public static partial class CustomHandlerHost
{
    /// <summary>The environment variable in which the Functions host names the port.</summary>
    public const string PortVariable = "FUNCTIONS_CUSTOMHANDLER_PORT";

    /// <summary>How either host is built: settings are read once, at the start, so no file is watched (each watcher is one of the machine's few).</summary>
    internal static WebApplicationOptions Options =>
        new() { ContentRootPath = AppContext.BaseDirectory, Args = ["--hostBuilder:reloadConfigOnChange=false"] };

    /// <summary>Runs until the host ends it, or is gone itself.</summary>
    /// <param name="portText">1 to 65535.</param>
    /// <param name="compose">Adds the blog's services.</param>
    /// <param name="arrange">Puts the blog's middleware before the functions.</param>
    public static async Task<int> RunAsync(
        string portText,
        Action<WebApplicationBuilder> compose,
        Action<WebApplication> arrange
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
        await using var parent = ParentProcess.Watch(hostEnded.Cancel); // first of all: who is gone before cannot be seen going

        SocketThread.AnswerThere();
        Directory.SetCurrentDirectory(AppContext.BaseDirectory); // whoever starts it, and from where
        var builder = WebApplication.CreateSlimBuilder(Options);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true); // each line becomes an entry of the host's log
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning); // below, it logs paths, and some paths carry a right
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None); // else each request gets an activity and a scope that nobody reads
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MinResponseDataRate = null); // the only client is the host on this machine: who reads slowly is its concern
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}"); // in place of ASPNETCORE_URLS, which is the host's own and comes with its environment
        builder.WebHost.UseSockets(AnswerWhereTheRequestWasRead);
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, WideBlocks>();
        compose(builder);

        await using var app = builder.Build();
        arrange(app);
        app.Use(SocketThread.LeaveAsync); // not before: a warm page takes microseconds
        app.UseForwarded(app.Services.GetRequiredService<BlogSettings>().ClientAddressHeader);
        app.UseRouting(); // not before: a warm page needs none
        app.MapHttpFunctions();
        MapTriggers(app);
        using var stopping = hostEnded.Token.Register(app.Lifetime.StopApplication);
        await app.RunAsync();
        return 0;
    }

    /// <summary>
    /// A warm page takes a few microseconds: handing it to another thread and back costs more than making it (see <see cref="SocketThread"/>).
    /// And a buffer per idle connection costs less than asking twice whether there is data.
    /// </summary>
    private static void AnswerWhereTheRequestWasRead(SocketTransportOptions sockets)
    {
        sockets.UnsafePreferInlineScheduling = true;
        sockets.WaitForDataBeforeAllocatingBuffer = false;
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
        using var envelope = new MemoryStream();
        await context.Request.Body.CopyToAsync(envelope, context.RequestAborted);
        try
        {
            await triggers.InvokeAsync(
                name,
                envelope.GetBuffer().AsMemory(0, (int)envelope.Length),
                context.RequestAborted
            );
        }
        catch (InvocationPayloadException problem)
        {
            LogBadEnvelope(logger, name, problem.Message);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(problem.Message, context.RequestAborted);
            return;
        }
#pragma warning disable CA1031 // Whatever it was: any status but 2xx tells the host "again later".
        catch (Exception problem)
#pragma warning restore CA1031
        {
            LogFailed(logger, name, problem);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(InvocationPayload.Done, context.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Function} was called with a bad envelope: {Problem}")]
    private static partial void LogBadEnvelope(ILogger logger, string function, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Function} failed; the host will try again.")]
    private static partial void LogFailed(ILogger logger, string function, Exception problem);
}
