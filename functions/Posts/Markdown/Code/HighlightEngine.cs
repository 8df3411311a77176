using System.Text.RegularExpressions;
using Jint;
using Jint.Native;
using ServerlessBlog.Posts.Markdown.Scripts;

namespace ServerlessBlog.Posts.Markdown.Code;

/// <summary>
/// The highlight.js library in a JavaScript interpreter. Each language is a script of its own, loaded on its first use.
/// Not thread-safe.
/// </summary>
internal sealed partial class HighlightEngine : IDisposable
{
    /// <summary>The maximum depth of calls: a language within a language within a language recurses.</summary>
    private const int MaxDepth = 150;

    private readonly HashSet<string> _loaded = new(StringComparer.Ordinal);
    private readonly ScriptBudget _budget;
    private readonly Engine _engine;
    private JsValue _classify = JsValue.Undefined;

    /// <summary>Loads highlight.js without any language, which takes about 15 ms.</summary>
    /// <param name="budget">The limits for code; languages are loaded outside of it.</param>
    public HighlightEngine(ScriptBudget budget)
    {
        _budget = budget;
        _engine = budget.NewEngine(MaxDepth);
        budget.Load(() =>
        {
            _engine.Modules.Add("highlight.js", ReadScript("core.min")!);
            _engine.SetValue("hljs", _engine.Modules.Import("highlight.js").Get("default"));
            _classify = _engine.Evaluate(ReadScript("classes")!);
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    /// <summary>Returns the CSS class of each character: a letter, or a space for none.</summary>
    /// <param name="code">The code, with LF line ends.</param>
    /// <param name="language">A language of <see cref="CodeLanguages"/>.</param>
    /// <exception cref="Jint.JintException">
    /// The code exceeds a limit, or highlight.js failed. It was stopped in an arbitrary state: dispose the engine.
    /// </exception>
    public string Classify(string code, string language)
    {
        if (!_loaded.Contains(language))
        {
            _budget.Load(() =>
            {
                LoadLanguage(language);
                WarmUp(language);
            });
        }

        return _engine.Invoke(_classify, code, language).AsString();
    }

    /// <summary>
    /// Has highlight.js compile the language, and runs a first match, so that this one-time work does not count against
    /// the limits of the first block.
    /// </summary>
    private void WarmUp(string language)
    {
        try
        {
            _engine.Invoke(_classify, "a = 0 ''\n", language);
        }
        catch (RegexMatchTimeoutException) { }
    }

    /// <summary>Loads a language and those embedded in it, such as CSS in HTML, as far as they exist.</summary>
    private void LoadLanguage(string language)
    {
        if (!_loaded.Add(language) || (ReadScript($"{language}.min") ?? ReadScript(language)) is not { } script)
        {
            return;
        }

        _engine.Execute(script, language);
        foreach (Match embedded in EmbeddedLanguage().Matches(script))
        {
            LoadLanguage(embedded.Groups[1].Value);
        }
    }

    private static string? ReadScript(string name)
    {
        using var stream = typeof(HighlightEngine).Assembly.GetManifestResourceStream($"highlight/{name}.js");
        using var reader = stream is null ? null : new StreamReader(stream);
        return reader?.ReadToEnd();
    }

    [GeneratedRegex("subLanguage: ?[\"']([a-z-]+)")]
    private static partial Regex EmbeddedLanguage();
}
