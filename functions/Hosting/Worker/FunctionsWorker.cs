using System.Diagnostics.CodeAnalysis;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using ServerlessBlog.Hosting.Failures;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Hosting.Worker;

/// <summary>The .NET isolated worker: Microsoft's host calls the functions, over gRPC and HTTP. Left out of the published handler.</summary>
internal static class FunctionsWorker
{
    /// <summary>False in the published handler, where the trimmer takes everything behind it away.</summary>
    [FeatureSwitchDefinition("ServerlessBlog.FunctionsWorker")]
    public static bool IsSupported => !AppContext.TryGetSwitch("ServerlessBlog.FunctionsWorker", out var on) || on;

    /// <summary>Whether the Functions host started this process as its worker: it says where it listens.</summary>
    public static bool IsRequested(string[] args) => args.Contains("--functions-uri");

    /// <summary>Runs until the host ends it, or is gone itself.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        using var hostEnded = new CancellationTokenSource();
        await using var parent = ParentProcess.Watch(hostEnded.Cancel); // seen on a real host: killed, it leaves its worker behind
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<AroundHttp>(); // after the line above: inside its middleware, which has the HttpContext
        builder.UseMiddleware<AroundMessages>();
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning); // below, it logs paths, and some paths carry a right
        builder.AddBlog();
        builder
            .Services.AddOptions<ForwardedHeadersOptions>() // used by ConfigureFunctionsWebApplication; from the Functions host on this machine
            .Configure<BlogSettings>(
                (options, settings) => options.ForwardedForHeaderName = settings.ClientAddressHeader
            );

        using var host = builder.Build();
        _ = host.Services.GetRequiredService<BlogStorage>(); // bad settings are told at the start; no call is made
        host.Services.GetRequiredService<UnknownSettings>()
            .Log(host.Services.GetRequiredService<ILogger<UnknownSettings>>());
        await host.RunAsync(hostEnded.Token);
        return 0;
    }

    /// <summary>Puts <see cref="ErrorPageMiddleware"/> around every HTTP function, and the writing of its answer too.</summary>
    /// <remarks>
    /// Read in the source of Extensions.Http.AspNetCore 2.1.1 (FunctionsHttpProxyingMiddleware): it puts the HttpContext into the function's context,
    /// calls what comes after it (this, then the function), and only afterwards executes the IResult, where Edge would no longer see a failure.
    /// So the result is executed here, and an empty one left in its place: it writes nothing, keeps that middleware from warning that there is
    /// none (which null would), and is all that InvocationHandler then makes JSON of for the host.
    /// </remarks>
    private sealed class AroundHttp(ErrorPageMiddleware errorPages) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            if (context.GetHttpContext() is not { } http)
            {
                await next(context); // a queue's or a timer's
                return;
            }

            await errorPages.InvokeAsync(http, async _ =>
            {
                await next(context);
                if (context.GetInvocationResult().Value is IResult result)
                {
                    await result.ExecuteAsync(http);
                }
            });
            context.GetInvocationResult().Value = Results.Empty;
        }
    }

    /// <summary>Notes why a message failed, as our own host does.</summary>
    private sealed class AroundMessages(FailureRecorder failures) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            var function = context.FunctionDefinition;
            if (
                function.Parameters.Select(TriggerOf).SingleOrDefault(trigger => trigger is not null) is not { } trigger
            )
            {
                await next(context); // a timer's, or a visitor's
                return;
            }

            var message = (await context.BindInputAsync<string>(function.InputBindings.Values.Single())).Value!;
            await failures.CallAsync(trigger.QueueName, message, TryOf(context), () => next(context));
        }

        private static QueueTriggerAttribute? TriggerOf(FunctionParameter parameter) =>
            parameter.Properties.GetValueOrDefault("bindingAttribute") as QueueTriggerAttribute;

        private static int TryOf(FunctionContext context) =>
            context.BindingContext.BindingData.TryGetValue("DequeueCount", out var count)
            && int.TryParse($"{count}", out var number)
                ? number
                : 1;
    }
}
