using Jint;
using Jint.Native;
using Markdig.Extensions.Mathematics;
using Markdig.Syntax;
using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Posts.Markdown.Math;

/// <summary>
/// Renders the formulas of a text to MathML, which browsers show without a script. A formula that is invalid or over
/// the limits stays TeX. Thread-safe.
/// </summary>
/// <remarks>
/// At most one engine exists. It is created for the first formula and disposed 10 s after the last text with formulas:
/// it holds about 20 MB, which texts without formulas should not cost.
/// </remarks>
internal static class MathRenderer
{
    private const string TooManyFormulas =
        "the formulas from here on are shown as TeX: they are too many to be turned into MathML. Split the post.";

    private const int MaxProblems = 20;
    private const int MaxQuotedLength = 40;

    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(10);
    private static readonly Lock Gate = new();
    private static readonly MathBudget Budget = new();
    private static readonly Timer DisposeTimer = new(_ => DisposeEngine());
    private static TemmlEngine? Engine;

    /// <summary>Returns the MathML attached to a formula; null for a formula that stays TeX.</summary>
    public static string? FindMathMl(MarkdownObject formula) => formula.GetData(typeof(MathRenderer)) as string;

    /// <summary>
    /// Renders the formulas in document order, because macros defined by one apply to the next, and attaches the MathML
    /// to each. Returns the problems, at most the first 20 and the last, with their positions in the body.
    /// </summary>
    public static IReadOnlyList<Problem> Render(IReadOnlyList<MarkdownObject> formulas)
    {
        if (formulas.Count == 0)
        {
            return [];
        }

        lock (Gate)
        {
            Budget.Refill();
            var problems = RenderAll(formulas);
            DisposeTimer.Change(IdleTimeout, Timeout.InfiniteTimeSpan);
            return problems is [.. var first, var last] && problems.Count > MaxProblems
                ? [.. first.Take(MaxProblems), last]
                : problems;
        }
    }

    private static List<Problem> RenderAll(IReadOnlyList<MarkdownObject> formulas)
    {
        var problems = new List<Problem>();
        var rendered = new Dictionary<(string, bool), string>(); // Single letters are repeated often.
        JsValue? macros = null;
        foreach (var formula in formulas)
        {
            var (tex, isDisplay) = (GetTex(formula), IsDisplay(formula));
            if (rendered.TryGetValue((tex, isDisplay), out var known))
            {
                formula.SetData(typeof(MathRenderer), known);
                continue;
            }

            var problem = TryRender(formula, tex, isDisplay, ref macros);
            if (Budget.IsUsedUp)
            {
                problems.Add(ProblemAt(formula, TooManyFormulas));
                break;
            }

            if (problem is not null)
            {
                problems.Add(ProblemAt(formula, $"the formula {Shorten(tex)} is shown as TeX: {problem}."));
            }
            else if (!tex.Contains('\\', StringComparison.Ordinal))
            {
                // Not a formula with commands: a later definition may change their meaning.
                rendered[(tex, isDisplay)] = FindMathMl(formula)!;
            }
        }

        return problems;
    }

    private static Problem ProblemAt(MarkdownObject formula, string message) =>
        new(formula.Line + 1, formula.Column + 1, message);

    /// <summary>Renders a formula and attaches the MathML. Returns the problem; null when it succeeded.</summary>
    private static string? TryRender(MarkdownObject formula, string tex, bool isDisplay, ref JsValue? macros)
    {
        try
        {
            Engine ??= new TemmlEngine(Budget);
            macros ??= Engine.NewMacros();
            if (Engine.TryRender(tex, isDisplay, macros, out var mathMl, out var problem))
            {
                formula.SetData(typeof(MathRenderer), mathMl);
            }

            return problem;
        }
        catch (Exception stopped)
            when (stopped is JintException or System.Text.RegularExpressions.RegexMatchTimeoutException)
        {
            Engine?.Dispose();
            (Engine, macros) = (null, null);
            Budget.ChargeEngine();
            return "it is too large, or nested too deeply";
        }
    }

    /// <summary>
    /// Whether a formula is a display formula: delimited by <c>$$</c>, as a block or within a paragraph.
    /// </summary>
    public static bool IsDisplay(MarkdownObject formula) => formula is MathBlock or MathInline { DelimiterCount: 2 };

    private static string GetTex(MarkdownObject formula) =>
        formula switch
        {
            MathInline inline => inline.Content.ToString(),
            MathBlock block => block.Lines.ToString(),
            _ => throw new ArgumentOutOfRangeException(nameof(formula), formula.GetType().Name, "not a formula"),
        };

    private static string Shorten(string tex)
    {
        var line = string.Join(' ', tex.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= MaxQuotedLength ? line : line[..MaxQuotedLength] + "...";
    }

    private static void DisposeEngine()
    {
        lock (Gate)
        {
            Engine?.Dispose();
            Engine = null;
        }

        // Returns the engine's memory to the operating system; an idle process may not collect for hours.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
