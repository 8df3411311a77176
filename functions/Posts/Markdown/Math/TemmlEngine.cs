using System.Diagnostics.CodeAnalysis;
using Jint;
using Jint.Native;
using Jint.Runtime;

namespace ServerlessBlog.Posts.Markdown.Math;

/// <summary>
/// The Temml library in a JavaScript interpreter without access to the host, with limits on what a formula may use. Not
/// thread-safe.
/// </summary>
internal sealed class TemmlEngine : IDisposable
{
    /// <summary>
    /// The script that renders one formula. It limits macro expansions to 500, sizes given in the formula to 50 em or
    /// 500 pt, and refuses commands that need trust, such as links.
    /// </summary>
    private const string RenderScript = """
        (tex, isDisplay, macros) => temml.renderToString(
          tex, {
            displayMode: isDisplay, macros, throwOnError: true, trust: false, maxExpand: 500, maxSize: [50, 500],
            colorIsTextColor: true })
        """;

    /// <summary>
    /// The maximum depth of calls: Temml recurses once per brace level, and must be stopped before the stack overflows.
    /// </summary>
    private const int MaxDepth = 150;

    private readonly Engine _engine;
    private readonly JsValue _render;

    /// <summary>Loads Temml, which takes about 30 ms.</summary>
    /// <param name="budget">The limits for formulas; disabled while Temml loads.</param>
    public TemmlEngine(MathBudget budget)
    {
        budget.IsLimited = false;
        _engine = new Engine(options =>
        {
            options.Constraint(budget);
            options.LimitRecursion(MaxDepth);
            options.DisableStringCompilation();
            options.RegexTimeoutInterval(TimeSpan.FromMilliseconds(250));
        });
        using var script = new StreamReader(typeof(TemmlEngine).Assembly.GetManifestResourceStream("temml.min.js")!);
        _engine.Execute(script.ReadToEnd(), "temml.min.js");
        _render = _engine.Evaluate(RenderScript);
        budget.IsLimited = true;
    }

    /// <summary>Creates an empty set of macros, to be shared by the formulas of one text.</summary>
    public JsValue NewMacros() => _engine.Evaluate("({})");

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    /// <summary>Renders TeX to MathML. Returns false when the TeX is invalid.</summary>
    /// <param name="tex">The formula.</param>
    /// <param name="isDisplay">Whether to render in display style.</param>
    /// <param name="macros">
    /// The macros from <see cref="NewMacros"/>; definitions in the formula are added to them.
    /// </param>
    /// <param name="mathMl">A single element without scripts, links or external resources; null on failure.</param>
    /// <param name="problem">The reason in a few words; null on success.</param>
    /// <exception cref="JintException">
    /// The formula exceeds a limit. It was stopped in an arbitrary state: dispose the engine.
    /// </exception>
    public bool TryRender(
        string tex,
        bool isDisplay,
        JsValue macros,
        [NotNullWhen(true)] out string? mathMl,
        [NotNullWhen(false)] out string? problem
    )
    {
        (mathMl, problem) = (null, null);
        try
        {
            mathMl = _engine
                .Invoke(
                    _render,
                    JsValue.Undefined,
                    [new JsString(tex), isDisplay ? JsBoolean.True : JsBoolean.False, macros]
                )
                .AsString();
            return true;
        }
        catch (JavaScriptException invalid)
        {
            problem = ShortMessage(invalid.Message);
            return false;
        }
    }

    /// <summary>Returns Temml's message without the excerpt of TeX at its end.</summary>
    private static string ShortMessage(string message)
    {
        var end = message.IndexOf(" at position ", StringComparison.Ordinal) is var place and >= 0
            ? place
            : message.IndexOf(" at end of input", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).ReplaceLineEndings(" ").Trim('.', ':', ' ');
    }
}
