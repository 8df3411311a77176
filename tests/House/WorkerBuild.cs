using ServerlessBlog.Hosting.Local;

namespace ServerlessBlog.Tests.House;

/// <summary>The blog as a .NET isolated worker, built against Microsoft's own packages. Once per test run.</summary>
public static class WorkerBuild
{
    private static readonly Lazy<Task> Building = new(BuildAsync);

    /// <summary>Where it is, once built.</summary>
    public static string Folder { get; } = Path.Combine(RepositoryRoot.Find(), "functions", "bin", "worker", "Release", "net10.0");

    /// <summary>Ends when it is built.</summary>
    /// <exception cref="SkipException">Microsoft's packages are not to be had here; tests that need them are skipped, and say so.</exception>
    /// <exception cref="InvalidOperationException">It cannot be built; the message holds what the compiler or NuGet says.</exception>
    public static Task BuiltAsync() => Building.Value;

    private static async Task BuildAsync()
    {
        var (exitCode, output) = await ProgramRun.DotnetAsync("build", "functions", "-c", "Release", "-p:UseFunctionsWorker=true");
        Skip.If(exitCode != 0 && ArePackagesMissing(output), "The package source lacks packages of Microsoft.Azure.Functions.Worker: give NuGet one that has them, such as nuget.org.");
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"The worker cannot be built: {output}");
        }
    }

    /// <summary>NU1101: no such package. NU1102: no such version of it.</summary>
    private static bool ArePackagesMissing(string output) =>
        output.Contains("error NU1101", StringComparison.Ordinal) || output.Contains("error NU1102", StringComparison.Ordinal);
}
