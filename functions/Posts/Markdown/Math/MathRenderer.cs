using Markdig.Extensions.Mathematics;
using Markdig.Syntax;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown.Scripts;

namespace ServerlessBlog.Posts.Markdown.Math;

/// <summary>
/// Renders the formulas of a text to MathML, which browsers show without a script. A formula that is invalid or over
/// the limits stays TeX. Thread-safe.
/// </summary>
internal static class MathRenderer
{
    private const string TooManyFormulas =
        "the formulas from here on are shown as TeX: they are too many to be turned into MathML. Split the post.";

    private const int MaxProblems = 20;
    private const int MaxQuotedLength = 40;

    /// <summary>
    /// The maximum steps per text: about 600 formulas such as a fraction, or 120 of a line; less than 1 s.
    /// </summary>
    private const int MaxSteps = 1_000_000;

    private const int MaxStepsPerFormula = 300_000;

    private static readonly ScriptLibrary<TemmlEngine> Temml = new(MaxStepsPerFormula, budget => new TemmlEngine(
        budget
    ));

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

        var problems = Temml.RenderText(MaxSteps, () => RenderAll(formulas));
        return problems is [.. var first, var last] && problems.Count > MaxProblems
            ? [.. first.Take(MaxProblems), last]
            : problems;
    }

    private static List<Problem> RenderAll(IReadOnlyList<MarkdownObject> formulas)
    {
        var problems = new List<Problem>();
        var rendered = new Dictionary<(string, bool), string>(); // Single letters are repeated often.
        Temml.TryCall(temml => temml.ForgetMacros(), out _);
        foreach (var formula in formulas)
        {
            var (tex, isDisplay) = (GetTex(formula), IsDisplay(formula));
            if (rendered.TryGetValue((tex, isDisplay), out var known))
            {
                formula.SetData(typeof(MathRenderer), known);
                continue;
            }

            var problem = TryRender(formula, tex, isDisplay);
            if (Temml.IsUsedUp)
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
    private static string? TryRender(MarkdownObject formula, string tex, bool isDisplay)
    {
        if (!Temml.TryCall(temml => temml.Render(tex, isDisplay), out var rendered))
        {
            return "it is too large, or nested too deeply";
        }

        if (rendered.MathMl is { } mathMl)
        {
            formula.SetData(typeof(MathRenderer), mathMl);
        }

        return rendered.Problem;
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
}
