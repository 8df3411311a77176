using System.Collections.Frozen;
using System.Text.RegularExpressions;
using ColorCode;
using ColorCode.Common;
using ColorCode.Compilation;

namespace ServerlessBlog.Posts.Markdown.Code;

/// <summary>The languages that <see cref="SyntaxHighlighter"/> knows: those of ColorCode, and <see cref="CodeGrammar"/>'s. Each is made ready when it is first used.</summary>
internal static class CodeLanguages
{
    /// <summary>For one match; the library itself sets no end.</summary>
    private static readonly TimeSpan MaxMatch = TimeSpan.FromMilliseconds(400);

    /// <summary>Patterns of the library that take exponential time when what they begin is not ended, and what finds the same in linear time.</summary>
    private static readonly FrozenDictionary<string, string> Mended = new Dictionary<string, string>
    {
        [@"/\*([^*]|[\r\n]|(\*+([^*/]|[\r\n])))*\*+/"] = CodeGrammar.StarComment,
        [@"\(\*([^*]|[\r\n]|(\*+([^*)]|[\r\n])))*\*+\)"] = @"\(\*(?>[^*]+|\*(?!\)))*(?:\*\))?",
        [@"\<![ \r\n\t]*(--([^\-]|[\r\n]|-[^\-])*--[ \r\n\t]*)\>"] = @"<!--(?>[^-]+|-(?!->))*(?:-->)?",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Lazy<CompiledLanguage>> Known = Read();

    /// <summary>Null when the language is not known.</summary>
    /// <param name="name">A name or one of the usual short forms, in any case.</param>
    public static CompiledLanguage? Find(string? name) =>
        name is not null && Known.TryGetValue(name, out var found) ? found.Value : null;

    /// <summary>
    /// The class of a kind of word: comment, keyword, string, m for number, name (of a type, an element), attribute or key, function, inserted,
    /// deleted. A space when it is not coloured.
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

    private static FrozenDictionary<string, Lazy<CompiledLanguage>> Read()
    {
        (ILanguage Language, string Names)[] all =
        [
            .. CodeGrammar.All.Select(grammar => ((ILanguage)grammar, grammar.Names)),
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
        using var once = new ReaderWriterLockSlim();
        var compiled = new LanguageCompiler([], once).Compile(
            new CodeGrammar(language.Id, "", [.. language.Rules.Select(Mend)])
        );

        // Where there is a JIT: the library's patterns are so long that compiling one takes seconds.
        var speed = language is CodeGrammar ? RegexOptions.Compiled : RegexOptions.None;
        compiled.Regex = new Regex(compiled.Regex.ToString(), speed | RegexOptions.CultureInvariant, MaxMatch);
        MakeReady(compiled);
        return compiled;
    }

    /// <summary>What is done once is not to count as the first code's time: a JIT's work, and the languages within this one.</summary>
    private static void MakeReady(CompiledLanguage language)
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

    private static LanguageRule Mend(LanguageRule rule) =>
        Mended.TryGetValue(rule.Regex, out var mended)
            ? new LanguageRule(mended, new Dictionary<int, string> { [0] = ScopeName.Comment })
            : rule;
}
