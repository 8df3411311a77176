namespace ServerlessBlog.Hosting.CustomHandler;

/// <summary>Maps HTTP functions to endpoints of ASP.NET Core.</summary>
public static class HttpFunctionEndpoints
{
    /// <summary>
    /// Maps every HTTP function of the registered <see cref="FunctionTable"/> to its route and methods.
    /// </summary>
    public static void MapHttpFunctions(this WebApplication app)
    {
        foreach (
            var (function, trigger) in app.Services.GetRequiredService<FunctionTable>().With<HttpTriggerAttribute>()
        )
        {
            var run = function.Bind<Func<HttpRequest, CancellationToken, Task<IResult>>>(app.Services);
            var methods = (trigger.Methods ?? []).Select(method => method.ToUpperInvariant());
            app.MapMethods(
                    "/" + trigger.Route,
                    methods,
                    (RequestDelegate)(
                        async context =>
                        {
                            var result = await run(context.Request, context.RequestAborted);
                            await result.ExecuteAsync(context);
                        }
                    )
                )
                .WithDisplayName(function.Name);
        }
    }
}
