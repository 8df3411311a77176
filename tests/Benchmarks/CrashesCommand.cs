using System.CommandLine;
using ServerlessBlog.Tests.Crashes;

namespace ServerlessBlog.Benchmarks;

/// <summary>The handler is killed at every moment of what it does, over and over: the long form of the tests in tests/Crashes.</summary>
internal static class CrashesCommand
{
    public static Command Create()
    {
        var rounds = new Option<int>("--rounds")
        {
            Description = "How often each moment comes.",
            HelpName = "N",
            DefaultValueFactory = _ => 20,
        };
        var command = new Command("crashes", "kill -9 at every moment of comments, mails, moderation and publishing.")
        {
            rounds,
        };
        command.SetAction((line, _) => RunAsync(line.GetValue(rounds)));
        return command;
    }

    private static async Task<int> RunAsync(int rounds)
    {
        for (var round = 1; round <= rounds; round++)
        {
            await Task.WhenAll(
                PlayAsync("held comment", round, () => CrashDriver.AtEveryMomentAsync(CrashDriver.HeldAsync, 30)),
                PlayAsync("approved comment", round, () =>
                    CrashDriver.AtEveryMomentAsync(
                        CrashDriver.ApprovedAsync,
                        15,
                        ("Blog__Comments__PreviouslyApproved", "false")
                    )
                ),
                PlayAsync("moderator", round, () => CrashDriver.AtEveryMomentAsync(CrashDriver.ModeratedAsync, 15)),
                PlayAsync("upload", round, () => CrashDriver.AtEveryMomentAsync(CrashDriver.PublishedAsync, 25))
            );
        }

        return 0;
    }

    private static async Task PlayAsync(string name, int round, Func<Task<int>> play) =>
        LimitReport.Say(
            $"round {round}, {name}: killed at {await play()} moments, nothing lost, doubled or left behind"
        );
}
