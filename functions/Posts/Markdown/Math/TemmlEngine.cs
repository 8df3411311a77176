using System.Diagnostics.CodeAnalysis;
using Jint;
using Jint.Native;
using Jint.Runtime;

namespace ServerlessBlog.Posts.Markdown.Math;

/// <summary>Temml in an interpreter of JavaScript that can reach nothing, and is stopped when it takes too much. For one thread at a time.</summary>
internal sealed class TemmlEngine : IDisposable
{
    /// <summary>What a formula cannot make wider or higher, in em and points.</summary>
    private const string Render = """
        (tex, isDisplay, macros) => temml.renderToString(
          tex, { displayMode: isDisplay, macros, throwOnError: true, trust: false, maxExpand: 500, maxSize: [50, 500], colorIsTextColor: true })
        """;

    /// <summary>Of calls in one another: Temml goes as deep as the braces do, and the stack must not end before.</summary>
    private const int MaxDepth = 150;

    private readonly Engine _engine;
    private readonly JsValue _render;

    /// <summary>Reads Temml: some 30 ms.</summary>
    /// <param name="budget">What formulas may use.</param>
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
        _render = _engine.Evaluate(Render);
        budget.IsLimited = true;
    }

    /// <summary>What formulas of one text define for those after them.</summary>
    public JsValue NewMacros() => _engine.Evaluate("({})");

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    /// <summary>Makes MathML of TeX. False when it cannot be read.</summary>
    /// <param name="tex">The formula.</param>
    /// <param name="isDisplay">Whether it stands by itself.</param>
    /// <param name="macros">See <see cref="NewMacros"/>.</param>
    /// <param name="mathMl">One element, without anything that could run or load.</param>
    /// <param name="problem">Why not, in a few words.</param>
    /// <exception cref="JintException">It asks for too much. The engine is to be let go: it was stopped anywhere.</exception>
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
        catch (JavaScriptException unread)
        {
            problem = Words(unread.Message);
            return false;
        }
    }

    /// <summary>What Temml says, without the piece of TeX after it.</summary>
    private static string Words(string message)
    {
        var end = message.IndexOf(" at position ", StringComparison.Ordinal) is var place and >= 0
            ? place
            : message.IndexOf(" at end of input", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).ReplaceLineEndings(" ").Trim('.', ':', ' ');
    }
}
