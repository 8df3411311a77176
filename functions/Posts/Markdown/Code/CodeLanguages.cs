using System.Collections.Frozen;
using System.Text.RegularExpressions;
using ColorCode;
using ColorCode.Common;
using ColorCode.Compilation;

namespace ServerlessBlog.Posts.Markdown.Code;

/// <summary>
/// The languages of <see cref="SyntaxHighlighter"/>: those of ColorCode and of <see cref="BuiltInGrammars"/>. Each is
/// compiled on its first use. Thread-safe.
/// </summary>
internal static class CodeLanguages
{
    /// <summary>The time limit of a single match; ColorCode sets none.</summary>
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(400);

    /// <summary>
    /// ColorCode's patterns that take exponential time on an unterminated comment, and replacements that match the same
    /// in linear time.
    /// </summary>
    private static readonly FrozenDictionary<string, string> PatternFixes = new Dictionary<string, string>
    {
        [@"/\*([^*]|[\r\n]|(\*+([^*/]|[\r\n])))*\*+/"] = BuiltInGrammars.StarComment,
        [@"\(\*([^*]|[\r\n]|(\*+([^*)]|[\r\n])))*\*+\)"] = @"\(\*(?>[^*]+|\*(?!\)))*(?:\*\))?",
        [@"\<![ \r\n\t]*(--([^\-]|[\r\n]|-[^\-])*--[ \r\n\t]*)\>"] = @"<!--(?>[^-]+|-(?!->))*(?:-->)?",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Lazy<CompiledLanguage>> ByName = CompileAll();

    /// <summary>Returns the compiled language; null when it is not supported.</summary>
    /// <param name="name">A language name or a common short form, in any case.</param>
    public static CompiledLanguage? Find(string? name) =>
        name is not null && ByName.TryGetValue(name, out var found) ? found.Value : null;

    /// <summary>
    /// Returns the CSS class of a scope: c comment, k keyword, s string, m number, n name (of a type or an element), a
    /// attribute or key, f function, i inserted, d deleted. A space when the scope is not highlighted.
    /// </summary>
    public static char ClassOf(string scope) =>
        scope switch
        {
            ScopeName.Comment
            or ScopeName.HtmlComment
            or ScopeName.XmlComment
            or ScopeName.XmlDocComment
            or ScopeName.XmlDocTag => 'c',
            ScopeName.Keyword
            or ScopeName.ControlKeyword
            or ScopeName.PreprocessorKeyword
            or ScopeName.PseudoKeyword
            or ScopeName.BuiltinValue
            or ScopeName.JsonConst => 'k',
            ScopeName.String
            or ScopeName.StringCSharpVerbatim
            or ScopeName.StringEscape
            or ScopeName.HtmlAttributeValue
            or ScopeName.XmlAttributeValue
            or ScopeName.XmlCDataSection
            or ScopeName.JsonString
            or ScopeName.MarkdownCode => 's',
            ScopeName.Number or ScopeName.JsonNumber => 'm',
            ScopeName.ClassName
            or ScopeName.Type
            or ScopeName.TypeVariable
            or ScopeName.Constructor
            or ScopeName.NameSpace
            or ScopeName.HtmlElementName
            or ScopeName.XmlName
            or ScopeName.CssSelector
            or ScopeName.MarkdownHeader
            or ScopeName.PowerShellType => 'n',
            ScopeName.Attribute
            or ScopeName.HtmlAttributeName
            or ScopeName.XmlAttribute
            or ScopeName.CssPropertyName
            or ScopeName.JsonKey
            or ScopeName.PowerShellAttribute
            or ScopeName.PowerShellParameter => 'a',
            ScopeName.BuiltinFunction
            or ScopeName.Intrinsic
            or ScopeName.Predefined
            or ScopeName.SqlSystemFunction
            or ScopeName.PowerShellCommand
            or ScopeName.PowerShellVariable => 'f',
            CodeGrammar.Inserted => 'i',
            CodeGrammar.Deleted => 'd',
            _ => ' ',
        };

    private static FrozenDictionary<string, Lazy<CompiledLanguage>> CompileAll()
    {
        (ILanguage Language, string Names)[] all =
        [
            .. BuiltInGrammars.All.Select(grammar => ((ILanguage)grammar, grammar.Names)),
            (Languages.Cpp, "c h c++ cpp cc hpp"),
            (Languages.Java, "java"),
            (Languages.Html, "html htm xhtml cshtml razor vue"),
            (Languages.Xml, "xml svg xaml csproj props xsl xslt rss"),
            (Languages.Sql, "sql tsql mysql postgresql sqlite"),
            (Languages.Php, "php"),
            (Languages.PowerShell, "powershell ps ps1 pwsh"),
            (Languages.VbDotNet, "vb vbnet vb.net"),
            (Languages.FSharp, "f# fs fsharp"),
            (Languages.Haskell, "haskell hs"),
            (Languages.MATLAB, "matlab"),
        ];
        return all.SelectMany(entry =>
            {
                var compiled = new Lazy<CompiledLanguage>(() => Compile(entry.Language));
                return entry.Names.Split(' ').Select(name => (Name: name, Compiled: compiled));
            })
            .ToFrozenDictionary(entry => entry.Name, entry => entry.Compiled, StringComparer.OrdinalIgnoreCase);
    }

    private static CompiledLanguage Compile(ILanguage language)
    {
        using var readerWriterLock = new ReaderWriterLockSlim();
        var compiled = new LanguageCompiler([], readerWriterLock).Compile(
            new CodeGrammar(language.Id, "", [.. language.Rules.Select(FixPattern)])
        );

        // Compiled only for this repository's own patterns: ColorCode's are so long that the JIT needs seconds for one.
        // Native AOT ignores the option.
        var compiledOption = language is CodeGrammar ? RegexOptions.Compiled : RegexOptions.None;
        compiled.Regex = new Regex(
            compiled.Regex.ToString(),
            compiledOption | RegexOptions.CultureInvariant,
            MatchTimeout
        );
        WarmUp(compiled);
        return compiled;
    }

    /// <summary>
    /// Runs a first match and compiles embedded languages, so that this one-time work does not count against the time
    /// limit of the first code block.
    /// </summary>
    private static void WarmUp(CompiledLanguage language)
    {
        try
        {
            language.Regex.Match("0 ''");
        }
        catch (RegexMatchTimeoutException) { }

        foreach (
            var scope in language
                .Captures.OfType<string>()
                .Where(scope => scope.StartsWith(ScopeName.LanguagePrefix, StringComparison.Ordinal))
        )
        {
            Find(scope[1..]);
        }
    }

    private static LanguageRule FixPattern(LanguageRule rule) =>
        PatternFixes.TryGetValue(rule.Regex, out var replacement)
            ? new LanguageRule(replacement, new Dictionary<int, string> { [0] = ScopeName.Comment })
            : rule;
}
