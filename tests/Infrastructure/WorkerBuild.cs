using ServerlessBlog.Hosting.Local;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>The blog built as a .NET isolated worker with Microsoft's packages. Built once per test run.</summary>
public static class WorkerBuild
{
    private static readonly Lazy<Task> Building = new(BuildAsync);

    /// <summary>The output folder of the worker build.</summary>
    public static string Folder { get; } =
        Path.Combine(RepositoryRoot.Find(), "functions", "bin", "worker", "Release", "net10.0");

    /// <summary>Completes when the worker is built.</summary>
    /// <exception cref="InvalidOperationException">The build failed; the message contains the output of the compiler or
    /// NuGet.</exception>
    public static Task EnsureBuiltAsync() => Building.Value;

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
