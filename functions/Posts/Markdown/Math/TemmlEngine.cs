using Jint;
using Jint.Native;
using Jint.Runtime;
using ServerlessBlog.Posts.Markdown.Scripts;

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
    private JsValue _render = JsValue.Undefined;
    private JsValue _macros = JsValue.Undefined;

    /// <summary>Loads Temml, which takes about 30 ms.</summary>
    /// <param name="budget">The limits for formulas.</param>
    public TemmlEngine(ScriptBudget budget)
    {
        _engine = budget.NewEngine(MaxDepth);
        budget.Load(() =>
        {
            using var script = new StreamReader(
                typeof(TemmlEngine).Assembly.GetManifestResourceStream("temml.min.js")!
            );
            _engine.Execute(script.ReadToEnd(), "temml.min.js");
            _render = _engine.Evaluate(RenderScript);
            ForgetMacros();
        });
    }

    /// <summary>
    /// Removes the macros that formulas have defined: those of one text share them. Returns the empty set.
    /// </summary>
    public JsValue ForgetMacros() => _macros = _engine.Evaluate("({})");

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    /// <summary>Renders TeX to MathML.</summary>
    /// <param name="tex">The formula. Macros that it defines are kept for the next.</param>
    /// <param name="isDisplay">Whether to render in display style.</param>
    /// <returns>
    /// A single element without scripts, links or external resources; or, when the TeX is invalid, the problem in a few
    /// words.
    /// </returns>
    /// <exception cref="JintException">
    /// The formula exceeds a limit. It was stopped in an arbitrary state: dispose the engine.
    /// </exception>
    public (string? MathMl, string? Problem) Render(string tex, bool isDisplay)
    {
        try
        {
            return (_engine.Invoke(_render, tex, isDisplay, _macros).AsString(), null);
        }
        catch (JavaScriptException invalid)
        {
            return (null, ShortMessage(invalid.Message));
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
