using System.Reflection;
using System.Text.Json.Nodes;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Infra;

/// <summary>Runs Microsoft's Bicep compiler on the templates in infra/.</summary>
internal static class Bicep
{
    /// <summary>The subscription id of predicted deployments.</summary>
    public const string Subscription = "00000000-0000-0000-0000-000000000001";

    /// <summary>The principal id of the deploying identity in predicted deployments.</summary>
    public const string Deployer = "11111111-1111-1111-1111-111111111111";

    private static readonly string Program = typeof(Bicep)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == nameof(Bicep))
        .Value!;

    private static readonly Lazy<Task<(string Output, string Errors)>> Template = new(() =>
        RunAsync("build", "main.bicep", "--stdout")
    );

    private static readonly Lazy<Task<Deployment>> PlainDeployment = new(() => PredictAsync());

    private static readonly Lazy<Task<Deployment>> FullDeployment = new(() =>
        PredictAsync(
            "param alertMail = 'owner@blog.test'",
            "param hasLogAlerts = true",
            "param cdn = true",
            "param domain = 'blog.example.com'",
            "param hasSmtp = true",
            "param hasWebhooks = true",
            "param hasPreviousSecret = true",
            "param hasOriginSecret = true"
        )
    );

    private static readonly Lazy<Task<Deployment>> OtherCdnDeployment = new(() =>
        PredictAsync("param hasOriginSecret = true")
    );

    /// <summary>The folder infra/.</summary>
    public static string Folder { get; } = Path.Combine(RepositoryRoot.Find(), "infra");

    /// <summary>Compiles main.bicep, once per test run: the ARM template and the compiler's diagnostics.</summary>
    public static Task<(string Output, string Errors)> TemplateAsync() => Template.Value;

    /// <summary>Predicts the deployment without any optional feature, once per test run.</summary>
    public static Task<Deployment> PlainAsync() => PlainDeployment.Value;

    /// <summary>Predicts the deployment with every optional feature, once per test run.</summary>
    public static Task<Deployment> FullAsync() => FullDeployment.Value;

    /// <summary>Predicts the deployment behind another CDN than Front Door, once per test run.</summary>
    public static Task<Deployment> OtherCdnAsync() => OtherCdnDeployment.Value;

    /// <summary>Runs the compiler in infra/ and returns its output and its diagnostics.</summary>
    /// <exception cref="InvalidOperationException">The compiler failed; the message contains its output.</exception>
    public static async Task<(string Output, string Errors)> RunAsync(params string[] arguments)
    {
        await using var run = ProgramRun.Start(Program, arguments, folder: Folder);
        return await run.EndAsync() == 0
            ? (run.Output, run.Errors)
            : throw new InvalidOperationException($"bicep {string.Join(' ', arguments)}: {run.Output}{run.Errors}");
    }

    private static async Task<Deployment> PredictAsync(params string[] parameters)
    {
        var folder = Directory.CreateTempSubdirectory("blog-bicep-");
        try
        {
            var file = Path.Combine(folder.FullName, "test.bicepparam");
            await File.WriteAllLinesAsync(
                file,
                [
                    $"using '{Path.GetRelativePath(folder.FullName, Path.Combine(Folder, "main.bicep"))}'",
                    "param environmentName = 'test'",
                    "param location = 'westeurope'",
                    $"param principalId = '{Deployer}'",
                    .. parameters,
                ]
            );
            await RunAsync("snapshot", file, "--mode", "overwrite", "--subscription-id", Subscription);
            return new Deployment(
                JsonNode.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(file, "snapshot.json")))!.AsObject()
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
