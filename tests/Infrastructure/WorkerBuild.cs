using ServerlessBlog.Hosting.Local;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>The blog as a .NET isolated worker, built against Microsoft's own packages. Once per test run.</summary>
public static class WorkerBuild
{
    private static readonly Lazy<Task> Building = new(BuildAsync);

    /// <summary>Where it is, once built.</summary>
    public static string Folder { get; } =
        Path.Combine(RepositoryRoot.Find(), "functions", "bin", "worker", "Release", "net10.0");

    /// <summary>Ends when it is built.</summary>
    /// <exception cref="InvalidOperationException">It cannot be built; the message holds what the compiler or NuGet says.</exception>
    public static Task BuiltAsync() => Building.Value;

    private static async Task BuildAsync()
    {
        var (exitCode, output) = await ProgramRun.DotnetAsync(
            "build",
            "functions",
            "-c",
            "Release",
            "-p:UseFunctionsWorker=true"
        );
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"The worker cannot be built: {output}");
        }
    }
}
