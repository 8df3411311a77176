using System.CommandLine;
using System.Text;
using ServerlessBlog.Benchmarks.Conversations;
using ServerlessBlog.Comments;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks.Limits;

/// <summary>
/// Measures the slowest comments and posts that are accepted: hostile ones of the greatest size that the checks pass.
/// </summary>
internal static class LimitsCommand
{
    /// <summary>Milliseconds of processor time.</summary>
    private const double CommentLimit = 200;

    /// <summary>Milliseconds of processor time.</summary>
    private const double PostLimit = 2000;

    /// <summary>The greatest body in bytes: with its front matter, the file is just under 1 MiB.</summary>
    private const int MaxBody = PostFile.MaxBytes - 64;

    /// <summary>The smallest body in bytes that is tried; smaller posts cannot be slow.</summary>
    private const int MinBody = 4 * 1024;

    public static Command Create()
    {
        var only = new Option<string?>("--only")
        {
            Description = "Only inputs with this in their name.",
            HelpName = "TEXT",
        };
        var command = new Command("limits", "The slowest comments and posts that are accepted.") { only };
        command.SetAction((line, _) => RunAsync(line.GetValue(only) ?? ""));
        return command;
    }

    private static async Task<int> RunAsync(string only)
    {
        var inputs = HostileMarkdown.All.Where(input => input.Name.Contains(only, StringComparison.Ordinal)).ToList();
        LimitReport.Print(
            $"{inputs.Count} hostile inputs, as a comment of {CommentForm.MaxText:N0} characters (rendered) ",
            $"and as a post of 1 MiB (checked and rendered, as Publisher does)."
        );
        LimitReport.Print(
            $"A post that is refused at 1 MiB is tried at the greatest size that is accepted, to an eighth of it."
        );
        // The published handler is compiled ahead of time. A warm-up of the JIT makes this process comparable.
        _ = TimeOfComment(ConversationBuilder.TextOf(1));
        _ = await TryPostAsync(ConversationBuilder.Body);
        _ = await TryPostAsync(
            string.Concat(Enumerable.Repeat("$\\sqrt{\\frac{a}{b}}$\n\n```cs\nreturn 1; // a\n```\n\n", 200))
        );

        var (comments, posts) = (new List<(Duration Time, string Name)>(), new List<(Duration Time, string Name)>());
        foreach (var (name, make) in inputs)
        {
            var time = TimeOfComment(make(CommentForm.MaxText));
            LimitReport.Print($"{name}");
            LimitReport.Print($"  comment: {time?.ToString() ?? "refused: nested too deeply"}");
            comments.Add((time ?? Duration.Zero, name));
            posts.Add((await TimeOfPostAsync(make), name));
        }

        var report = new LimitReport();
        var (comment, post) = (comments.MaxBy(one => one.Time.Processor), posts.MaxBy(one => one.Time.Processor));
        if (only.Length == 0)
        {
            await PrintQuarterAsync(comment.Name, post.Name);
        }

        report.AtMost($"slowest comment ({comment.Name}), processor time", comment.Time.Processor, CommentLimit, " ms");
        report.AtMost($"slowest post ({post.Name}), processor time", post.Time.Processor, PostLimit, " ms");
        return report.Close();
    }

    /// <summary>
    /// Prints what a process of its own measures for two inputs with a quarter of a processor, for the wall time. The
    /// JIT's work is in the figures.
    /// </summary>
    private static async Task PrintQuarterAsync(string comment, string post)
    {
        if (QuarterCore.FindProblem() is { } problem)
        {
            LimitReport.Print($"{problem}");
            return;
        }

        foreach (var name in new[] { comment, post }.Distinct())
        {
            using var quarter = QuarterCore.Create(Environment.ProcessPath!);
            await using var run = ProgramRun.Start(
                quarter.Executable,
                ["limits", "--only", name],
                [new("DOTNET_ROOT", ProgramRun.DotnetRoot)]
            );
            await run.EndAsync();
            LimitReport.Print($"At a quarter of a core: {name}");
            foreach (var line in run.Output.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal)))
            {
                LimitReport.Print($"{line}");
            }
        }
    }

    /// <summary>The render of three with the median of processor time; null when the comment is refused.</summary>
    private static Duration? TimeOfComment(string text)
    {
        var times = new List<Duration>();
        for (var time = 0; time < 3; time++)
        {
            var watch = Duration.Start();
            if (!CommentMarkdown.TryToHtml(text, out _))
            {
                return null;
            }

            times.Add(watch());
        }

        return times.OrderBy(time => time.Processor).ElementAt(1);
    }

    /// <summary>
    /// The time for the greatest post that is accepted, found by bisection to an eighth of its size; zero when none is
    /// accepted.
    /// </summary>
    private static async Task<Duration> TimeOfPostAsync(Func<int, string> make)
    {
        var (accepted, refused, time) = (0, 0, Duration.Zero);
        for (var size = MaxBody; size >= MinBody; size = accepted == 0 ? size / 2 : (accepted + refused) / 2)
        {
            var (problem, duration) = await TryPostAsync(make(size));
            if (problem is not null && refused == 0)
            {
                LimitReport.Print($"  post: refused after {duration}: {problem}");
            }

            (accepted, refused) = problem is null ? (size, refused) : (accepted, size);
            time = problem is null ? duration : time;
            if (accepted > 0 && (refused == 0 || refused - accepted < accepted / 8))
            {
                LimitReport.Print($"  post: {time}, accepted with {accepted:N0} characters");
                break;
            }
        }

        return time;
    }

    /// <summary>
    /// Checks a post as publishing does, which renders it once. Returns the reason for refusing it, null when it is
    /// accepted, and the time of the check (zero when the file cannot be parsed).
    /// </summary>
    private static async Task<(string? Problem, Duration Time)> TryPostAsync(string body)
    {
        var bytes = Encoding.UTF8.GetBytes($"---\ntitle: Hostile\ndate: 2026-01-02\n---\n{body}");
        if (!PostFile.TryRead("hostile.md", bytes, TimeZoneInfo.Utc, out var file, out var parseProblem))
        {
            return (parseProblem.ToString(), Duration.Zero);
        }

        var watch = Duration.Start();
        var (_, problem, _) = await RenderCheck.RunAsync(file, CancellationToken.None);
        return (problem?.ToString(), watch());
    }
}
