using System.CommandLine;
using System.Diagnostics;
using System.Text;
using ServerlessBlog.Benchmarks.Conversations;
using ServerlessBlog.Comments;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Publishing;

namespace ServerlessBlog.Benchmarks.Limits;

/// <summary>
/// Measures the slowest comments and posts that are accepted: hostile ones of the greatest size that the checks pass.
/// </summary>
internal static class LimitsCommand
{
    /// <summary>Milliseconds.</summary>
    private const double CommentLimit = 200;

    /// <summary>Milliseconds.</summary>
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

        var (comments, posts) = (new List<(double Time, string Name)>(), new List<(double Time, string Name)>());
        foreach (var (name, make) in inputs)
        {
            var comment = make(CommentForm.MaxText);
            var time = TimeOfComment(comment);
            LimitReport.Print($"{name}");
            LimitReport.Print(
                $"  comment: {(time is { } elapsed ? $"{elapsed:0.0} ms" : "refused: nested too deeply")}"
            );
            comments.Add((time ?? 0, name));
            posts.Add((await TimeOfPostAsync(make), name));
        }

        var report = new LimitReport();
        var (slowestComment, slowestPost) = (comments.Max(), posts.Max());
        report.AtMost($"slowest comment ({slowestComment.Name})", slowestComment.Time, CommentLimit, " ms");
        report.AtMost($"slowest post ({slowestPost.Name})", slowestPost.Time, PostLimit, " ms");
        return report.Close();
    }

    /// <summary>The median of three renders in milliseconds; null when the comment is refused.</summary>
    private static double? TimeOfComment(string text)
    {
        var times = new List<double>();
        for (var time = 0; time < 3; time++)
        {
            var started = Stopwatch.GetTimestamp();
            if (!CommentMarkdown.TryToHtml(text, out _))
            {
                return null;
            }

            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return Statistics.Median(times);
    }

    /// <summary>
    /// The time in milliseconds for the greatest post that is accepted, found by bisection to an eighth of its size; 0
    /// when none is accepted.
    /// </summary>
    private static async Task<double> TimeOfPostAsync(Func<int, string> make)
    {
        var (accepted, refused, time) = (0, 0, 0.0);
        for (var size = MaxBody; size >= MinBody; size = accepted == 0 ? size / 2 : (accepted + refused) / 2)
        {
            var (problem, elapsed) = await TryPostAsync(make(size));
            if (problem is not null && refused == 0)
            {
                LimitReport.Print($"  post: refused after {elapsed:0} ms: {problem}");
            }

            (accepted, refused) = problem is null ? (size, refused) : (accepted, size);
            time = problem is null ? elapsed : time;
            if (accepted > 0 && (refused == 0 || refused - accepted < accepted / 8))
            {
                LimitReport.Print($"  post: {time:0} ms, accepted with {accepted:N0} characters");
                break;
            }
        }

        return time;
    }

    /// <summary>
    /// Checks a post as publishing does, which renders it once. Returns the reason for refusing it, null when it is
    /// accepted, and the time of the check in milliseconds (0 when the file cannot be parsed).
    /// </summary>
    private static async Task<(string? Problem, double Milliseconds)> TryPostAsync(string body)
    {
        var bytes = Encoding.UTF8.GetBytes($"---\ntitle: Hostile\ndate: 2026-01-02\n---\n{body}");
        if (!PostFile.TryRead("hostile.md", bytes, TimeZoneInfo.Utc, out var file, out var parseProblem))
        {
            return (parseProblem.ToString(), 0);
        }

        var started = Stopwatch.GetTimestamp();
        var (_, problem, _) = await RenderCheck.RunAsync(file, CancellationToken.None);
        return (problem?.ToString(), Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }
}
