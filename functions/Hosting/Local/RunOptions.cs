using System.CommandLine;

namespace ServerlessBlog.Hosting.Local;

/// <summary>The options of <c>serve</c>, from the command line.</summary>
internal sealed record RunOptions
{
    /// <summary>The port, 0 to 65535; 0 lets the kernel choose one.</summary>
    public required int Port { get; init; }

    /// <summary>The full path of the data folder.</summary>
    public required string DataPath { get; init; }

    /// <summary>True when <c>--data</c> was given, so that printed commands must contain it too.</summary>
    public required bool IsDataNamed { get; init; }

    /// <summary>True to print nothing but problems.</summary>
    public required bool IsQuiet { get; init; }

    /// <summary>True to print the blog's spans and metrics.</summary>
    public required bool HasTelemetry { get; init; }

    /// <summary>The folder that is the container of posts; null for none.</summary>
    public string? WatchPath { get; init; }

    /// <summary>True to publish the sample posts at the first start on the data folder.</summary>
    public required bool HasSamples { get; init; }

    /// <summary>Adds the options, and the action, to a command.</summary>
    public static void AddTo(Command command, Option<DirectoryInfo> data)
    {
        var port = PortOption();
        var quiet = new Option<bool>("--quiet") { Description = "Print nothing but problems." };
        var noSamples = new Option<bool>("--no-samples") { Description = "Start a new blog without the sample posts." };
        var telemetry = new Option<bool>("--telemetry") { Description = "Print spans and metrics." };
        var watch = new Option<string?>("--watch")
        {
            Description = "Publish what is in this folder, as it changes; open pages reload themselves.",
            HelpName = "FOLDER",
        };
        foreach (var option in (Option[])[port, quiet, noSamples, telemetry, watch])
        {
            command.Options.Add(option);
        }

        command.SetAction(
            (line, stop) =>
                LocalCommand.RunGuardedAsync(() =>
                    RunCommand.RunAsync(
                        new RunOptions
                        {
                            Port = line.GetValue(port),
                            DataPath = LocalCommand.PathOf(data, line),
                            IsDataNamed = line.GetResult(data) is { Implicit: false },
                            IsQuiet = line.GetValue(quiet),
                            HasTelemetry = line.GetValue(telemetry),
                            HasSamples = !line.GetValue(noSamples) && line.GetValue(watch) is null,
                            WatchPath = line.GetValue(watch),
                        },
                        stop
                    )
                )
        );
    }

    private static Option<int> PortOption()
    {
        var port = new Option<int>("--port")
        {
            Description = "The port of the blog on this machine; 0: any free one.",
            HelpName = "N",
            DefaultValueFactory = _ => 7071,
        };
        port.Validators.Add(result =>
        {
            if (
                result.Tokens.Count == 1
                && (!int.TryParse(result.Tokens[0].Value, out var number) || number is < 0 or > 65535)
            )
            {
                result.AddError("--port takes a number from 0 to 65535 (0: any free one).");
            }
        });
        return port;
    }
}
