using System.CommandLine;
using ServerlessBlog.Tests.Crashes;

namespace ServerlessBlog.Benchmarks;

/// <summary>
/// Runs two handlers on one storage account under readers, commenters, a moderator and an author: the long form of the
/// test in tests/Crashes.
/// </summary>
internal static class SoakCommand
{
    public static Command Create()
    {
        var seconds = new Option<int>("--seconds")
        {
            Description = "How long.",
            HelpName = "N",
            DefaultValueFactory = _ => 60,
        };
        var command = new Command("soak", "Two handlers on one storage: nothing lost, doubled, or served out of order.")
        {
            seconds,
        };
        command.SetAction(
            async (line, _) => LimitReport.Print($"{await Soak.RunAsync(TimeSpan.FromSeconds(line.GetValue(seconds)))}")
        );
        return command;
    }
}
