using System.CommandLine;
using ServerlessBlog.Tests.Crashes;

namespace ServerlessBlog.Benchmarks;

/// <summary>
/// Kills the handler at every step of its work, many times over: the long form of the tests in tests/Crashes.
/// </summary>
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
        var command = new Command(
            "crashes",
            "kill -9 at every moment of comments, mails, mailings, moderation and publishing."
        )
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
                RunRoundAsync("held comment", round, () =>
                    CrashDriver.KillAtEveryMomentAsync(CrashDriver.HeldCommentAsync, 30, countsAllCalls: true)
                ),
                RunRoundAsync("approved comment", round, () =>
                    CrashDriver.KillAtEveryMomentAsync(
                        CrashDriver.ApprovedCommentAsync,
                        15,
                        countsAllCalls: true,
                        ("Blog__Comments__PreviouslyApproved", "false")
                    )
                ),
                RunRoundAsync("moderator", round, () =>
                    CrashDriver.KillAtEveryMomentAsync(CrashDriver.ModeratedCommentAsync, 15, countsAllCalls: true)
                ),
                RunRoundAsync("mailing", round, () =>
                    CrashDriver.KillAtEveryMomentAsync(MailingScenario.RunAsync, 25, countsAllCalls: true)
                ),
                RunRoundAsync("upload", round, () =>
                    CrashDriver.KillAtEveryMomentAsync(CrashDriver.PublishedPostAsync, 25, countsAllCalls: true)
                )
            );
        }

        return 0;
    }

    private static async Task RunRoundAsync(string name, int round, Func<Task<int>> run) =>
        LimitReport.Print(
            $"round {round}, {name}: killed at {await run()} moments, nothing lost, doubled or left behind"
        );
}
