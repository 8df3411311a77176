using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Hosting.Worker;

/// <summary>
/// The .NET isolated worker: the Functions host calls the functions over gRPC and HTTP. Not part of the published
/// handler.
/// </summary>
internal static class FunctionsWorker
{
    /// <summary>False in the published handler, from which the trimmer then removes this code.</summary>
    [FeatureSwitchDefinition("ServerlessBlog.FunctionsWorker")]
    public static bool IsSupported => !AppContext.TryGetSwitch("ServerlessBlog.FunctionsWorker", out var on) || on;

    /// <summary>
    /// True when the Functions host started this process as its worker: the host passes the address it listens on.
    /// </summary>
    public static bool IsRequested(string[] args) => args.Contains("--functions-uri");

    /// <summary>Runs until the Functions host stops the worker or ends itself.</summary>
    /// <returns>The exit code, 0.</returns>
    /// <exception cref="SettingException">A setting is invalid.</exception>
    public static async Task<int> RunAsync(string[] args)
    {
        using var hostEnded = new CancellationTokenSource();
        // Seen on a real host: when it is killed, its worker keeps running.
        await using var parent = ParentProcess.Watch(hostEnded.Cancel);
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        // After the line above, so that they run inside the middleware that provides the HttpContext.
        builder.UseMiddleware<ErrorPages>();
        builder.UseMiddleware<FailureRecording>();
        // Lower levels log paths, and some paths carry a signed right.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.AddBlog();
        // ConfigureFunctionsWebApplication applies these options to the headers that the host on this machine sends.
        builder
            .Services.AddOptions<ForwardedHeadersOptions>()
            .Configure<BlogSettings>(
                (options, settings) => options.ForwardedForHeaderName = settings.ClientAddressHeader
            );

        using var host = builder.Build();
        _ = host.Services.GetRequiredService<BlogStorage>(); // reports invalid settings at the start; makes no call
        host.Services.GetRequiredService<UnknownSettings>()
            .Log(host.Services.GetRequiredService<ILogger<UnknownSettings>>());
        await host.RunAsync(hostEnded.Token);
        return 0;
    }

    /// <summary>
    /// Runs every HTTP function, and the execution of its result, inside <see cref="OriginSecretMiddleware"/>,
    /// <see cref="ErrorPageMiddleware"/> and <see cref="RequestTelemetry"/>.
    /// </summary>
    /// <remarks>
    /// According to the source of Extensions.Http.AspNetCore 2.1.1, FunctionsHttpProxyingMiddleware puts the
    /// HttpContext into the function's context, calls the next middleware (this one, then the function), and only
    /// afterwards executes the IResult, outside of ErrorPageMiddleware. Therefore the result is executed here and
    /// replaced by an empty one. The empty result writes nothing, avoids the warning that null would cause, and is all
    /// that InvocationHandler then serialises for the host.
    /// </remarks>
    private sealed class ErrorPages(
        ErrorPageMiddleware errorPages,
        OriginSecretMiddleware originSecret,
        RequestTelemetry telemetry
    ) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            if (context.GetHttpContext() is not { } http)
            {
                await next(context); // a queue or timer function
                return;
            }

            await telemetry.InvokeAsync(
                http,
                _ =>
                    errorPages.InvokeAsync(http, _ =>
                        originSecret.InvokeAsync(http, _ => RunAsync(context, http, next))
                    ),
                context.FunctionDefinition.Name
            );
            context.GetInvocationResult().Value = Results.Empty;
        }

        private static async Task RunAsync(FunctionContext context, HttpContext http, FunctionExecutionDelegate next)
        {
            await next(context);
            if (context.GetInvocationResult().Value is IResult result)
            {
                await result.ExecuteAsync(http);
            }
        }
    }

    /// <summary>
    /// Measures queue and timer functions and records why messages fail, as <see cref="TriggerInvoker"/> does in the
    /// other hosts.
    /// </summary>
    private sealed class FailureRecording(FailureRecorder failures, InvocationTelemetry telemetry)
        : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            var function = context.FunctionDefinition;
            if (context.GetHttpContext() is not null)
            {
                await next(context);
                return;
            }

            if (
                function.Parameters.Select(QueueTriggerOf).SingleOrDefault(trigger => trigger is not null)
                is not { } trigger
            )
            {
                await telemetry.InvokeAsync(function.Name, sent: null, attempt: 1, () => next(context)); // a timer
                return;
            }

            var message = (await context.BindInputAsync<string>(function.InputBindings.Values.Single())).Value!;
            var attempt = int.TryParse(Metadata(context, "DequeueCount"), out var count) ? count : 1;
            await telemetry.InvokeAsync(
                function.Name,
                InvocationPayload.ParseSent(Metadata(context, InvocationPayload.SentProperty)),
                attempt,
                () => failures.InvokeAsync(trigger.QueueName, message, attempt, () => next(context))
            );
        }

        private static QueueTriggerAttribute? QueueTriggerOf(FunctionParameter parameter) =>
            parameter.Properties.GetValueOrDefault("bindingAttribute") as QueueTriggerAttribute;

        private static string? Metadata(FunctionContext context, string name) =>
            context.BindingContext.BindingData.GetValueOrDefault(name)?.ToString();
    }
}
