using ColorCode;
using ColorCode.Common;

namespace ServerlessBlog.Posts.Markdown.Code;

/// <summary>The grammars that this program adds to those of ColorCode, or uses in their place.</summary>
internal static class BuiltInGrammars
{
    private const string SlashComment = @"//[^\n]*|" + StarComment;

    /// <summary>
    /// Matches a block comment, an unterminated one up to the end of the code, so that it is not searched again.
    /// </summary>
    public const string StarComment = @"/\*(?>[^*]+|\*(?!/))*(?:\*/)?";

    private const string HashComment = @"(?<![^\s;])\#[^\n]*";
    private const string DoubleQuoted = @"""(?>[^""\\\n]+|\\.)*""?";
    private const string SingleQuoted = @"'(?>[^'\\\n]+|\\.)*'?";
    private const string NumberLiteral = @"\b\d(?>\w*)(?:\.\d\w*)?";
    private const string FunctionCall = @"\b[a-zA-Z_](?>\w*)(?=\()";

    /// <summary>All grammars. Their names must not overlap.</summary>
    public static IReadOnlyList<CodeGrammar> All { get; } =
    [
        new(
            "csharp",
            "csharp cs c# csx",
            [
                Rule(@"^[ \t]*\#[a-z]+[^\n]*", ScopeName.PreprocessorKeyword),
                Rule(SlashComment, ScopeName.Comment),
                Rule(@"""""""+(?>[^""]+|""(?!""""))*(?:""""""+)?|\$?@\$?""(?>[^""]+|"""")*""?", ScopeName.String),
                Rule($@"\$?{DoubleQuoted}|'(?>[^'\\\n]|\\[^'\n]|\\')[^'\n]{{0,8}}'", ScopeName.String),
                Rule(@"(?<=^[ \t]*\[)(?:[a-z]+: *)?[A-Z][\w.]*", ScopeName.Attribute),
                Words(
                    "abstract|and|as|async|await|base|bool|break|byte|case|catch|char|checked|class|const"
                        + "|continue|decimal|default|delegate|do|double|dynamic|else|enum|event|explicit|extern"
                        + "|false|file|finally|fixed|float|for|foreach|from|get|global|goto|if|implicit|in|init"
                        + "|int|interface|internal|is|let|lock|long|nameof|namespace|new|not|null|object|operator"
                        + "|or|orderby|out|override|params|partial|private|protected|public|readonly|record|ref"
                        + "|required|return|sbyte|scoped|sealed|select|set|short|sizeof|stackalloc|static|string"
                        + "|struct|switch|this|throw|true|try|typeof|uint|ulong|unchecked|unsafe|ushort|using|var"
                        + "|virtual|void|volatile|when|where|while|with|yield",
                    ScopeName.Keyword
                ),
                Rule(@"\b[A-Z](?>\w*)(?=\(|<[\w, ?]{1,80}>\()", ScopeName.BuiltinFunction),
                Rule(NumberLiteral, ScopeName.Number),
            ]
        ),
        new("javascript", "javascript js jsx mjs cjs node", ScriptRules("")),
        new(
            "typescript",
            "typescript ts tsx",
            ScriptRules(
                "|abstract|any|as|asserts|boolean|bigint|declare|enum|implements|infer|interface|is|keyof"
                    + "|module|namespace|never|number|object|override|private|protected|public|readonly|satisfies"
                    + "|string|symbol|type|unknown"
            )
        ),
        new(
            "python",
            "python py py3",
            [
                Rule(HashComment, ScopeName.Comment),
                Rule(
                    @"(?i:\b[rbuf]{1,2})?(?:""""""(?>[^""\\]+|\\[\s\S]|""(?!""""))*(?:"""""")?"
                        + @"|'''(?>[^'\\]+|\\[\s\S]|'(?!''))*(?:''')?)",
                    ScopeName.String
                ),
                Rule($@"(?i:\b[rbuf]{{1,2}})?(?:{DoubleQuoted}|{SingleQuoted})", ScopeName.String),
                Rule(@"^[ \t]*@[\w.]+", ScopeName.Attribute),
                Words(
                    "and|as|assert|async|await|break|case|class|continue|def|del|elif|else|except|finally"
                        + "|for|from|global|if|import|in|is|lambda|match|nonlocal|not|or|pass|raise|return|try"
                        + "|while|with|yield|False|None|True",
                    ScopeName.Keyword
                ),
                Rule(FunctionCall, ScopeName.BuiltinFunction),
                Rule(NumberLiteral, ScopeName.Number),
            ]
        ),
        new(
            "shell",
            "sh bash shell zsh ksh shell-session console terminal",
            [
                Rule(HashComment, ScopeName.Comment),
                Rule(@"""(?>[^""\\]+|\\[\s\S])*""?|'[^']*'", ScopeName.String),
                Rule(@"\$(?:\w+|[\#?@*!$-]|\{[^}\n]{0,200}\})", ScopeName.Attribute),
                Words(
                    "if|then|else|elif|fi|for|while|until|do|done|case|esac|in|function|select|return|exit"
                        + "|break|continue|export|local|readonly|unset|set|source|trap",
                    ScopeName.Keyword
                ),
                Rule(@"(?:^[ \t]*(?:\$ )?|[|;&]\s*)[a-zA-Z_][\w.-]*(?=\s|$)", ScopeName.BuiltinFunction),
                Rule(@"(?<=\s)--?[a-zA-Z][\w-]*", ScopeName.Attribute),
            ]
        ),
        new(
            "json",
            "json jsonc json5",
            [
                Rule(SlashComment, ScopeName.Comment),
                Rule($@"{DoubleQuoted}(?=\s*:)", ScopeName.JsonKey),
                Rule(DoubleQuoted, ScopeName.JsonString),
                Words("true|false|null", ScopeName.JsonConst),
                Rule(@"-?" + NumberLiteral, ScopeName.JsonNumber),
            ]
        ),
        new(
            "yaml",
            "yaml yml",
            [
                Rule(HashComment, ScopeName.Comment),
                Rule(@"^(?:[ \t]|- )*[\w./$-]+(?=\s*:(?:\s|$))", ScopeName.Attribute),
                Rule($"{DoubleQuoted}|{SingleQuoted}", ScopeName.String),
                Rule(@"[&*!][\w./-]+|^---$", ScopeName.Type),
                Words("true|false|null|yes|no|on|off", ScopeName.Keyword),
                Rule(NumberLiteral, ScopeName.Number),
            ]
        ),
        new(
            "toml",
            "toml ini conf properties editorconfig",
            [
                Rule(@"^[ \t]*[\#;][^\n]*|(?<=\s)\#[^\n]*", ScopeName.Comment),
                Rule(@"^[ \t]*\[[^\]\n]*\]+", ScopeName.Type),
                Rule(@"^[ \t]*[\w.""-]+(?=\s*=)", ScopeName.Attribute),
                Rule($"{DoubleQuoted}|{SingleQuoted}", ScopeName.String),
                Words("true|false", ScopeName.Keyword),
                Rule(NumberLiteral, ScopeName.Number),
            ]
        ),
        new(
            "css",
            "css scss less",
            [
                Rule(StarComment + @"|(?<=\s|^)//[^\n]*", ScopeName.Comment),
                Rule($"{DoubleQuoted}|{SingleQuoted}", ScopeName.String),
                Rule(@"@[\w-]+|!important", ScopeName.Keyword),
                Rule(@"\#[0-9a-fA-F]{3,8}\b(?=[^{\n]{0,200}(?:;|$))", ScopeName.Number),
                Rule(@"--?[\w-]+(?=\s*:)|\b[a-z-]+(?=\s{0,9}:[^{}\n]{0,200}(?:;|$|\}))", ScopeName.CssPropertyName),
                Rule(@"(?<![\w-])[.\#]?[a-zA-Z](?>[\w-]*)(?=[^;{}]{0,200}\{)", ScopeName.CssSelector),
                Rule(@"\b\d[\w.]*%?", ScopeName.Number),
            ]
        ),
        new(
            "go",
            "go golang",
            [
                Rule(SlashComment, ScopeName.Comment),
                Rule($@"{DoubleQuoted}|`[^`]*`|'(?>[^'\\\n]|\\.)+'", ScopeName.String),
                Words(
                    "break|case|chan|const|continue|default|defer|else|fallthrough|for|func|go|goto|if"
                        + "|import|interface|map|package|range|return|select|struct|switch|type|var|nil|true"
                        + "|false|iota",
                    ScopeName.Keyword
                ),
                Words(
                    "any|bool|byte|complex64|complex128|error|float32|float64|int|int8|int16|int32|int64"
                        + "|rune|string|uint|uint8|uint16|uint32|uint64|uintptr",
                    ScopeName.Type
                ),
                Rule(FunctionCall, ScopeName.BuiltinFunction),
                Rule(NumberLiteral, ScopeName.Number),
            ]
        ),
        new(
            "rust",
            "rust rs",
            [
                Rule(SlashComment, ScopeName.Comment),
                Rule($@"b?{DoubleQuoted}|b?r\#*""[\s\S]*?""\#*|'(?:[^'\\\n]|\\[^'\n]{{1,9}}|\\')'", ScopeName.String),
                Rule(@"\#!?\[[^\]\n]*\]|'[a-z]\w*\b", ScopeName.Attribute),
                Words(
                    "as|async|await|break|const|continue|crate|dyn|else|enum|extern|false|fn|for|if|impl|in"
                        + "|let|loop|match|mod|move|mut|pub|ref|return|self|Self|static|struct|super|trait|true"
                        + "|type|unsafe|use|where|while",
                    ScopeName.Keyword
                ),
                Words(
                    "bool|char|f32|f64|i8|i16|i32|i64|i128|isize|str|u8|u16|u32|u64|u128|usize|[A-Z]\\w*",
                    ScopeName.Type
                ),
                Rule(@"\b[a-z_]\w*!?(?=\()", ScopeName.BuiltinFunction),
                Rule(NumberLiteral, ScopeName.Number),
            ]
        ),
        new(
            "dockerfile",
            "dockerfile docker containerfile",
            [
                Rule(HashComment, ScopeName.Comment),
                Rule(
                    @"^[ \t]*(?:FROM|RUN|CMD|LABEL|EXPOSE|ENV|ADD|COPY|ENTRYPOINT|VOLUME|USER|WORKDIR|ARG|ONBUILD|"
                        + @"STOPSIGNAL|HEALTHCHECK|SHELL)\b|\bAS\b",
                    ScopeName.Keyword
                ),
                Rule($"{DoubleQuoted}|{SingleQuoted}", ScopeName.String),
                Rule(@"\$(?:\w+|\{[^}\n]{0,200}\})", ScopeName.Attribute),
            ]
        ),
        new(
            "markdown",
            "markdown md",
            [
                Rule(@"^(?:\#{1,6} [^\n]*|---$)", ScopeName.MarkdownHeader),
                Rule(@"^(?:```|~~~)[^\n]*|`[^`\n]{1,500}`", ScopeName.MarkdownCode),
                Rule(@"^[ \t]*(?:[*+-]|\d+\.|>)(?= )", ScopeName.Keyword),
                Rule(@"!?\[[^\[\]\n]{0,200}\]\([^\s\)]{0,500}\)", ScopeName.Attribute),
                Rule(@"<!--[^>]{0,1000}>|</?[a-zA-Z][^<>]{0,500}>", ScopeName.HtmlElementName),
            ]
        ),
        new(
            "diff",
            "diff patch",
            [
                Rule(@"^(?:diff|index|---|\+\+\+|@@)[^\n]*", ScopeName.Comment),
                Rule(@"^\+[^\n]*", CodeGrammar.Inserted),
                Rule(@"^-[^\n]*", CodeGrammar.Deleted),
            ]
        ),
    ];

    private static LanguageRule[] ScriptRules(string moreKeywords) =>
        [
            Rule(SlashComment, ScopeName.Comment),
            Rule($@"{DoubleQuoted}|{SingleQuoted}|`(?>[^`\\]+|\\[\s\S])*`?", ScopeName.String),
            Rule(
                @"(?=/)(?<=[=,:?&|!]\s*|\(\s*|\breturn\s)/(?>[^/\\\n\[]+|\\.|\[(?>[^\]\\\n]+|\\.)*\])+/[a-z]*",
                ScopeName.String
            ),
            Words(
                "async|await|break|case|catch|class|const|continue|debugger|default|delete|do|else|export"
                    + "|extends|false|finally|for|from|function|get|if|import|in|instanceof|let|new|null|of"
                    + "|return|set|static|super|switch|this|throw|true|try|typeof|undefined|var|void|while|with"
                    + "|yield"
                    + moreKeywords,
                ScopeName.Keyword
            ),
            Rule(@"\b[A-Z]\w*", ScopeName.Type),
            Rule(@"(?<![\w$])[a-zA-Z_$](?>[\w$]*)(?=\()", ScopeName.BuiltinFunction),
            Rule(NumberLiteral, ScopeName.Number),
        ];

    private static LanguageRule Words(string words, string scope) => Rule($@"\b(?:{words})\b", scope);

    private static LanguageRule Rule(string pattern, string scope) =>
        new(pattern, new Dictionary<int, string> { [0] = scope });
}
