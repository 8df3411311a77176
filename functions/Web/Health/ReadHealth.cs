namespace ServerlessBlog.Web.Health;

/// <summary>GET /healthz: 200 and the version of the program, while it runs. Makes no call to storage.</summary>
public sealed class ReadHealth
{
    /// <summary>The version with its commit, such as <c>1.0.0+abc</c>.</summary>
    public static string Version { get; } =
        typeof(ReadHealth).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <param name="request">The request; nothing in it is read.</param>
    /// <param name="cancellationToken">Not used.</param>
    [Function(nameof(ReadHealth))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "healthz")] HttpRequest request,
        CancellationToken cancellationToken
    ) => Task.FromResult<IResult>(TypedResults.Text($"{Version}\n"));
}
