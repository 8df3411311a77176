using System.CommandLine;
using System.Diagnostics;
using System.Text;
using ServerlessBlog.Benchmarks.Conversations;
using ServerlessBlog.Comments;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Publishing;

namespace ServerlessBlog.Benchmarks.Limits;

/// <summary>The slowest comments and posts that are accepted: hostile ones of the greatest size that the checks let through.</summary>
internal static class LimitsCommand
{
    private const double CommentLimit = 200;
    private const double PostLimit = 2000;

    /// <summary>With its front matter, a file of just under 1 MiB.</summary>
    private const int MostOfAPost = PostFile.MaxBytes - 64;

    /// <summary>A post this small is not looked at: it cannot be slow.</summary>
    private const int LeastOfAPost = 4 * 1024;

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
        LimitReport.Say(
            $"{inputs.Count} hostile inputs, as a comment of {CommentForm.MaxText:N0} characters (rendered) and as a post of 1 MiB (checked and rendered, as Publisher does)."
        );
        LimitReport.Say(
            $"A post that is refused at 1 MiB is tried at the greatest size that is accepted, to an eighth of it."
        );
        _ = TimeOfComment(ConversationBuilder.TextOf(1));
        _ = await TryPostAsync(ConversationBuilder.Body);
        _ = await TryPostAsync(
            string.Concat(Enumerable.Repeat("$\\sqrt{\\frac{a}{b}}$\n\n```cs\nreturn 1; // a\n```\n\n", 200))
        ); // the handler has no JIT: warm, this process is like it

        var (comments, posts) = (new List<(double Time, string Name)>(), new List<(double Time, string Name)>());
        foreach (var (name, make) in inputs)
        {
            var comment = make(CommentForm.MaxText);
            var time = TimeOfComment(comment);
            LimitReport.Say($"{name}");
            LimitReport.Say($"  comment: {(time is { } taken ? $"{taken:0.0} ms" : "refused: nested too deeply")}");
            comments.Add((time ?? 0, name));
            posts.Add((await TimeOfPostAsync(make), name));
        }

        var limitReport = new LimitReport();
        var (slowestComment, slowestPost) = (comments.Max(), posts.Max());
        limitReport.AtMost($"slowest comment ({slowestComment.Name})", slowestComment.Time, CommentLimit, " ms");
        limitReport.AtMost($"slowest post ({slowestPost.Name})", slowestPost.Time, PostLimit, " ms");
        return limitReport.Close();
    }

    /// <summary>Milliseconds, the median of three; null when it is refused.</summary>
    private static double? TimeOfComment(string text)
    {
        var times = new List<double>();
        for (var time = 0; time < 3; time++)
        {
            var began = Stopwatch.GetTimestamp();
            if (!CommentMarkdown.TryToHtml(text, out _))
            {
                return null;
            }

            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return Figures.Median(times);
    }

    /// <summary>Milliseconds of the greatest post that is accepted; 0 when none is.</summary>
    private static async Task<double> TimeOfPostAsync(Func<int, string> make)
    {
        var (accepted, refused, time) = (0, 0, 0.0);
        for (var size = MostOfAPost; size >= LeastOfAPost; size = accepted == 0 ? size / 2 : (accepted + refused) / 2)
        {
            var (problem, taken) = await TryPostAsync(make(size));
            if (problem is not null && refused == 0)
            {
                LimitReport.Say($"  post: refused after {taken:0} ms: {problem}");
            }

            (accepted, refused) = problem is null ? (size, refused) : (accepted, size);
            time = problem is null ? taken : time;
            if (accepted > 0 && (refused == 0 || refused - accepted < accepted / 8))
            {
                LimitReport.Say($"  post: {time:0} ms, accepted with {accepted:N0} characters");
                break;
            }
        }

        return time;
    }

    /// <summary>What the post is refused for, or null, and how long that took to find out: it is rendered once before it is accepted.</summary>
    private static async Task<(string? Problem, double Milliseconds)> TryPostAsync(string body)
    {
        var bytes = Encoding.UTF8.GetBytes($"---\ntitle: Hostile\ndate: 2026-01-02\n---\n{body}");
        if (!PostFile.TryRead("hostile.md", bytes, TimeZoneInfo.Utc, out var file, out var unread))
        {
            return (unread.ToString(), 0);
        }

        var began = Stopwatch.GetTimestamp();
        var (_, problem, _) = await RenderCheck.RunAsync(file, CancellationToken.None);
        return (problem?.ToString(), Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }
}
