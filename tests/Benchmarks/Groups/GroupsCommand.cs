using System.CommandLine;
using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Benchmarks.Conversations;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks.Groups;

/// <summary>
/// Measures what a comment, an upload and a timer take when every group of functions has to be started: from the
/// message to the page.
/// </summary>
internal static class GroupsCommand
{
    /// <summary>Milliseconds of processor time.</summary>
    private const double CommentLimit = 150;

    private const double CommentCallLimit = 34;
    private const double UploadCallLimit = 42;

    public static Command Create()
    {
        var times = new Option<int>("--times")
        {
            Description = "How often each is measured.",
            HelpName = "N",
            DefaultValueFactory = _ => 7,
        };
        var command = new Command(
            "groups",
            "A comment and an upload, with a cold instance for each group of functions."
        )
        {
            times,
        };
        command.SetAction((line, _) => RunAsync(line.GetValue(times)));
        return command;
    }

    private static async Task<int> RunAsync(int times)
    {
        await PublishedHandler.EnsurePublishedAsync();
        var connection = await PrepareAsync();
        LimitReport.Print(
            $"One storage; an instance for HTTP, one for each queue and timer function, started by its first message."
        );
        LimitReport.Print($"Medians of {times}; the first instance, which renders the pages, is not counted.");
        var journeys = new Journeys(connection, hasQuarters: false);
        await journeys.CommentAsync();

        List<Journey> comments = [];
        List<Journey> uploads = [];
        for (var time = 1; time <= times; time++)
        {
            comments.Add(await journeys.CommentAsync());
            uploads.Add(await journeys.UploadAsync());
            LimitReport.Print(
                $"  {time}: comment: {comments[^1].Processor:0.0} ms, upload: {uploads[^1].Processor:0.0} ms"
            );
        }

        Print($"{nameof(ModerateComment)}, a comment", comments);
        Print($"{nameof(PublishPost)}, an upload", uploads);
        foreach (var (function, _) in ServerlessBlog.Program.Functions.With<TimerTriggerAttribute>())
        {
            LimitReport.Print($"{function.Name}, nothing to do: ", (await journeys.FireTimerAsync(function.Name)).Line);
        }

        await PrintQuartersAsync(connection);
        return Report(comments, uploads);
    }

    private static int Report(List<Journey> comments, List<Journey> uploads)
    {
        var report = new LimitReport();
        report.AtMost(
            "Processor time of a comment from its message to its page, median",
            Statistics.Median(comments.Select(comment => comment.Processor)),
            CommentLimit,
            " ms"
        );
        report.AtMost("Storage calls of it, most", comments.Max(comment => comment.Calls), CommentCallLimit);
        report.AtMost("Storage calls of an upload, most", uploads.Max(upload => upload.Calls), UploadCallLimit);
        report.AtMost("Groups beside HTTP that a comment starts, most", comments.Max(comment => comment.Groups), 1);
        report.AtMost("Groups beside HTTP that an upload starts, most", uploads.Max(upload => upload.Groups), 1);
        return report.Close();
    }

    private static async Task PrintQuartersAsync(string connection)
    {
        if (QuarterCore.FindProblem() is { } problem)
        {
            LimitReport.Print($"{problem}");
            return;
        }

        var journeys = new Journeys(connection, hasQuarters: true);
        Print("A quarter of a core for each instance: a comment", [await journeys.CommentAsync()]);
        Print("A quarter of a core for each instance: an upload", [await journeys.UploadAsync()]);
    }

    private static void Print(string what, List<Journey> journeys)
    {
        double Median(Func<Journey, double> figure) => Statistics.Median(journeys.Select(figure));
        LimitReport.Print($"{what}:");
        LimitReport.Print($"  until its start is answered: ", MedianLine(journeys, journey => journey.Start));
        LimitReport.Print($"  the message: ", MedianLine(journeys, journey => journey.Message));
        LimitReport.Print($"  the page, on the instance for HTTP: ", MedianLine(journeys, journey => journey.Page));
        LimitReport.Print(
            $"  sum: {Median(journey => journey.Processor):0.0} ms of processor time; ",
            $"{Median(journey => journey.Elapsed):0} ms from sending until it is seen"
        );
        LimitReport.Print($"  storage calls: {Kinds(journeys[^1])}");
    }

    private static FormattableString MedianLine(List<Journey> journeys, Func<Journey, Usage> part)
    {
        var parts = journeys.ConvertAll(journey => part(journey));
        return new Usage(
            Statistics.Median(parts.Select(usage => usage.Processor)),
            Statistics.Median(parts.Select(usage => usage.Elapsed)),
            parts.MaxBy(usage => usage.Calls.Count)!.Calls
        ).Line;
    }

    /// <summary>The calls by method and the first part of the path, such as "GET comments 3".</summary>
    private static string Kinds(Journey journey) =>
        string.Join(
            ", ",
            new[] { journey.Start, journey.Message, journey.Page }
                .SelectMany(part => part.Calls)
                .GroupBy(call => call.Split('/', '(')[..2] is [var method, var name] ? method + name : call)
                .OrderBy(kind => kind.Key, StringComparer.Ordinal)
                .Select(kind => $"{kind.Key} {kind.Count()}")
        );

    private static async Task<string> PrepareAsync()
    {
        await using var blog = await TestBlog.StartAsync();
        await ConversationBuilder.AddAsync(
            blog,
            await blog.PublishAsync(Journeys.Slug, "A page is made once", ConversationBuilder.Body),
            20
        );
        return blog.Connection;
    }
}
