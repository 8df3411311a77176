using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

namespace ServerlessBlog.Benchmarks;

/// <summary>Measures each step of rendering a page with BenchmarkDotNet. Has no limits.</summary>
internal static class RenderCommand
{
    public static Command Create()
    {
        var command = new Command("render", "What rendering a page costs, step by step.");
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        // In this process: the projects that BenchmarkDotNet generates would inherit the repository's build settings.
        var config = ManualConfig
            .Create(DefaultConfig.Instance)
            .AddJob(Job.ShortRun.WithToolchain(new InProcessNoEmitToolchain(logOutput: true)))
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "blog-benchmarks"));
        var summary = BenchmarkRunner.Run<RenderBenchmarks>(config);
        return summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success) ? 1 : 0;
    }
}
