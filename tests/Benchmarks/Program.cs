using System.CommandLine;
using ServerlessBlog.Benchmarks.Conversations;
using ServerlessBlog.Benchmarks.Groups;
using ServerlessBlog.Benchmarks.Hugo;
using ServerlessBlog.Benchmarks.Limits;
using ServerlessBlog.Benchmarks.Mailings;
using ServerlessBlog.Benchmarks.Moving;
using ServerlessBlog.Benchmarks.Ranking;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks;

/// <summary>
/// The benchmark commands. Each measures one figure that the documentation promises and exits with 1 when a limit is
/// missed; upgrade-data writes test data instead.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var handler = new Option<DirectoryInfo?>("--handler")
        {
            Description = "A handler that is published already; without it, one is published first.",
            HelpName = "DIR",
            Recursive = true,
        };
        handler.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var folder }] && !File.Exists(Path.Combine(folder, "ServerlessBlog")))
            {
                result.AddError($"--handler: no handler is published in {folder}.");
            }
        });
        var root = new RootCommand("Measures what the blog promises in figures.")
        {
            handler,
            StaticCommand.Create(),
            StartCommand.Create(),
            GroupsCommand.Create(),
            PicturesCommand.Create(),
            SearchCommand.Create(),
            CommentsCommand.Create(),
            GrowthCommand.Create(),
            MailingCommand.Create(),
            MovingCommand.Create(),
            HerdCommand.Create(),
            IntakeCommand.Create(),
            LimitsCommand.Create(),
            RenderCommand.Create(),
            HugoCommand.Create(),
            RankingCommand.Create(),
            BillCommand.Create(),
            CrashesCommand.Create(),
            SoakCommand.Create(),
            UpgradeDataCommand.Create(),
        };

        var line = root.Parse(args);
        PublishedHandler.PrepublishedFolder = line.GetValue(handler)?.FullName;
        try
        {
            return await line.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception problem) when (problem is StartException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
    }
}
