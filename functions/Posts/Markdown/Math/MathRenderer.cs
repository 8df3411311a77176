using Jint;
using Jint.Native;
using Markdig.Extensions.Mathematics;
using Markdig.Syntax;
using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Posts.Markdown.Math;

/// <summary>Makes MathML of a text's formulas, which browsers show without a script. What cannot be read, or asks for too much, stays TeX.</summary>
/// <remarks>
/// There is one engine at most, made when a text has a formula, and let go when none had one for a while: it holds some 20 MB, which a text
/// without formulas must not pay for.
/// </remarks>
internal static class MathRenderer
{
    private const int MaxProblems = 20;
    private const int MaxShown = 40;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);
    private static readonly Lock Gate = new();
    private static readonly MathBudget Budget = new();
    private static readonly Timer Ending = new(_ => LetGo());
    private static TemmlEngine? Running;

    /// <summary>The MathML of a formula; null for one that stays TeX.</summary>
    public static string? MathMlOf(MarkdownObject formula) => formula.GetData(typeof(MathRenderer)) as string;

    /// <summary>Makes the MathML of these, in the order of the text: what one defines holds for the next. Answers what is wrong with them, with its line in the text.</summary>
    public static IReadOnlyList<Problem> Render(IReadOnlyList<MarkdownObject> formulas)
    {
        if (formulas.Count == 0)
        {
            return [];
        }

        lock (Gate)
        {
            Budget.Refill();
            var problems = new List<Problem>();
            var seen = new Dictionary<(string, bool), string>(); // letters come again and again
            JsValue? macros = null;
            foreach (var formula in formulas)
            {
                var (tex, isDisplay) = (TexOf(formula), IsDisplay(formula));
                if (seen.TryGetValue((tex, isDisplay), out var known))
                {
                    formula.SetData(typeof(MathRenderer), known);
                    continue;
                }

                var trouble = TryRender(formula, tex, isDisplay, ref macros);
                if (Budget.IsUsedUp)
                {
                    problems.Add(
                        new Problem(
                            formula.Line + 1,
                            formula.Column + 1,
                            "the formulas from here on are shown as TeX: they are too many to be turned into MathML. Split the post."
                        )
                    );
                    break;
                }

                if (trouble is not null)
                {
                    problems.Add(
                        new Problem(
                            formula.Line + 1,
                            formula.Column + 1,
                            $"the formula {Shown(tex)} is shown as TeX: {trouble}."
                        )
                    );
                }
                else if (!tex.Contains('\\', StringComparison.Ordinal)) // what has a command may mean something else after the next definition
                {
                    seen[(tex, isDisplay)] = MathMlOf(formula)!;
                }
            }

            Ending.Change(Idle, Timeout.InfiniteTimeSpan);
            return problems is [.. var first, var last] && problems.Count > MaxProblems
                ? [.. first.Take(MaxProblems), last]
                : problems;
        }
    }

    /// <summary>Null when it succeeded.</summary>
    private static string? TryRender(MarkdownObject formula, string tex, bool isDisplay, ref JsValue? macros)
    {
        try
        {
            Running ??= new TemmlEngine(Budget);
            macros ??= Running.NewMacros();
            if (Running.TryRender(tex, isDisplay, macros, out var mathMl, out var problem))
            {
                formula.SetData(typeof(MathRenderer), mathMl);
            }

            return problem;
        }
        catch (Exception stopped)
            when (stopped is JintException or System.Text.RegularExpressions.RegexMatchTimeoutException)
        {
            Running?.Dispose();
            (Running, macros) = (null, null);
            Budget.ChargeEngine();
            return "it is too large, or nested too deeply";
        }
    }

    /// <summary>Whether a formula stands by itself: between two dollars, on lines of their own or not.</summary>
    public static bool IsDisplay(MarkdownObject formula) => formula is MathBlock or MathInline { DelimiterCount: 2 };

    private static string TexOf(MarkdownObject formula) =>
        formula switch
        {
            MathInline inline => inline.Content.ToString(),
            MathBlock block => block.Lines.ToString(),
            _ => throw new ArgumentOutOfRangeException(nameof(formula), formula.GetType().Name, "not a formula"),
        };

    private static string Shown(string tex)
    {
        var line = string.Join(' ', tex.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= MaxShown ? line : line[..MaxShown] + "...";
    }

    private static void LetGo()
    {
        lock (Gate)
        {
            Running?.Dispose();
            Running = null;
        }

        // What it held is given back to the machine; left to itself, the collector might not come by for hours.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
