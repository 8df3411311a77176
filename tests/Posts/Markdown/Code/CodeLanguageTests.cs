using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Posts.Markdown.Code;

namespace ServerlessBlog.Tests.Posts.Markdown.Code;

/// <summary>The languages that are highlighted, and the scripts that know them.</summary>
public sealed partial class CodeLanguageTests
{
    /// <summary>
    /// Code of each language, in the order of the names, and after the bar tokens with their classes.
    /// </summary>
    private const string Samples = """
        ada: procedure A is X : Integer := 1; -- b | k:procedure n:A k:is n:Integer m:1 c:-- b
        apache: Listen 80 # b | a:Listen m:80
        applescript: tell application "Finder" -- b | k:tell f:application s:"Finder" c:-- b
        armasm: mov r0, #1 ; b | k:mov f:r0 m:#1 c:; b
        asciidoc: == Title | n:== Title
        awk: BEGIN { print "a" } # b | k:BEGIN s:"a" c:# b
        bash: echo "$x" # said | f:echo s:" a:$x s:" c:# said
        bicep: param name string = 'a${b}' // c | k:param n:string s:'a s:' c:// c
        c: return "a"; /* b */ | k:return s:"a" c:/* b */
        clojure: (defn f [x] "a") ; b | k:defn n:f s:"a" c:; b
        cmake: set(A "b") # c | k:set s:"b" c:# c
        coffeescript: return "a" # b | k:return s:"a" c:# b
        cpp: class A { int x; }; // b | k:class n:A n:int c:// b
        crystal: def f; "a"; end # b | k:def f:f s:"a" k:end c:# b
        csharp: return "a<b"; // why | k:return s:"a<b" c:// why
        css: a { color: #fff } /* b */ | n:a a:color m:#fff c:/* b */
        d: import std.stdio; // b | k:import c:// b
        dart: final x = 'a'; // b | k:final s:'a' c:// b
        delphi: begin x := 'a'; end; { b } | k:begin s:'a' k:end c:{ b }
        diff: +a | i:+a
        django: {% if a %}{# b #}{% endif %} | k:{%  n:if k: a %} c:{# b #} k:{%  n:endif k: %}
        dns: @ IN A 10.0.0.1 ; b | n:IN k:A m:10.0.0.1 c:; b
        dockerfile: FROM x # b | k:FROM c:# b
        dos: REM a | c:REM a
        elixir: def f, do: "a" # b | k:def f:f a:do: s:"a" c:# b
        elm: module A exposing (b) -- c | k:module k:exposing c:-- c
        erb: <p><%= if a then 'b' end %></p> | n:p k:if k:then s:'b' k:end n:p
        erlang: f(X) -> "a". % b | f:f s:"a" c:% b
        fortran: integer :: x = 1 ! b | k:integer m:1 c:! b
        fsharp: let x = "a" (* b *) | k:let s:"a" c:(* b *)
        gherkin: Given a "b" # c | k:Given s:"b"
        glsl: uniform vec3 a; // b | k:uniform n:vec3 c:// b
        go: func f() string { return "a" } // b | k:func f:f n:string k:return s:"a" c:// b
        gradle: apply plugin: 'java' // b | s:'java' c:// b
        graphql: query { a(b: "c") } # d | k:query a:b s:"c" c:# d
        groovy: def x = 'a' // b | k:def s:'a' c:// b
        haskell: import A -- b | k:import c:-- b
        hcl: resource "a" "b" { count = length("c") } # d | k:resource s:"a" s:"b" a:count f:length s:"c" c:# d
        http: GET /a HTTP/1.1 | k:GET s:/a k:HTTP/1.1
        ini: a = true ; b | a:a k:true c:; b
        java: int x = "a"; // b | n:int a:x s:"a" c:// b
        javascript: const a = `x` // b | k:const s:`x` c:// b
        json: {"a": [true, 1, "b"]} | a:"a" k:true m:1 s:"b"
        julia: function f() "a" end # b | k:function s:"a" k:end c:# b
        kotlin: fun f() = "a" // b | k:fun f:f s:"a" c:// b
        latex: \section{a} % b | k:\section c:% b
        less: @a: 1px; // b | a:@a: m:1px c:// b
        lisp: (defun f () "a") ; b | n:defun s:"a" c:; b
        lua: local x = "a" -- b | k:local s:"a" c:-- b
        makefile: all: $(A) # b | n:all:  a:$(A) n: # b
        markdown: # a | n:# a
        matlab: x = 'a'; % b | s:'a' c:% b
        nginx: listen 80; # b | a:listen m:80 c:# b
        nim: proc f() = echo "a" # b | k:proc s:"a" c:# b
        nix: let a = "b"; in a # c | k:let s:"b" k:in c:# c
        objectivec: return @"a"; // b | k:return s:@"a" c:// b
        ocaml: let x = "a" (* b *) | k:let s:"a" c:(* b *)
        perl: my $x = 'a'; # b | k:my a:$x s:'a' c:# b
        php: echo 'a'; // b | k:echo s:'a' c:// b
        powershell: Get-Item $x # b | f:Get-Item a:$x c:# b
        prolog: a(X) :- b("c"). % d | a:X s:"c" c:% d
        properties: a = b | a:a s:b
        protobuf: message A { string b = 1; } // c | k:message  n:A n:string m:1 c:// c
        python: def f(): return 'a' # b | k:def f:f k:return s:'a' c:# b
        python-repl: >>> import a | c:>>> k:import
        r: if (TRUE) "a" # b | k:if k:TRUE s:"a" c:# b
        ruby: def f; 'a'; end # b | k:def f:f s:'a' k:end c:# b
        rust: fn f() -> u8 { 1 } // b | k:fn f:f n:u8 m:1 c:// b
        scala: val x = "a" // b | k:val s:"a" c:// b
        scheme: (define x "a") ; b | f:define s:"a" c:; b
        scss: $a: 1px; // b | a:$a m:1px c:// b
        shell: $ echo "a" | f:echo s:"a"
        sql: SELECT 'a' -- b | k:SELECT s:'a' c:-- b
        swift: let x = "a" // b | k:let s:"a" c:// b
        tcl: set x "a" ; # b | k:set s:"a" c:; # b
        twig: {% if a %}{# b #}{% endif %} | k:{% n:if k:%} c:{# b #} k:{% n:endif k:%}
        typescript: let a: string = 'b' // c | k:let a:a f:string s:'b' c:// c
        vbnet: Dim x = "a" ' b | k:Dim s:"a" c:' b
        vbscript: Dim x : x = "a" ' b | k:Dim s:"a" c:' b
        verilog: module a; // b | k:module c:// b
        vhdl: signal a : std_logic; -- b | k:signal f:std_logic c:-- b
        vim: let x = 'a' | k:let k:x s:'a'
        wasm: (module (func $a)) ;; b | k:module k:func f:$a c:;; b
        x86asm: mov eax, 1 ; b | k:mov f:eax m:1 c:; b
        xml: <a b="c"/><!-- d --> | n:a a:b s:"c" c:<!-- d -->
        yaml: a: 'b' # c | a:a: s:'b' c:# c
        """;

    public static TheoryData<string, string, string> Languages
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (var line in Samples.Split('\n'))
            {
                var parts = SampleLine().Match(line);
                all.Add(parts.Groups[1].Value, parts.Groups[2].Value, parts.Groups[3].Value);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Each_language_is_highlighted(string language, string code, string tokens)
    {
        var html = HighlightedCode.Render(code, language);

        var found = Span()
            .Matches(html)
            .Select(span => $"{span.Groups[1]}:{WebUtility.HtmlDecode(span.Groups[2].Value)}");
        Assert.Equal(tokens, string.Join(' ', found));
    }

    [Fact]
    public void Each_language_has_a_script_and_a_sample_and_each_script_a_language()
    {
        var languages = CodeLanguages.All.Values.Distinct().Order(StringComparer.Ordinal).ToList();
        var scripts = typeof(CodeLanguages)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("highlight/", StringComparison.Ordinal))
            .Select(name => name["highlight/".Length..].Split('.')[0])
            .Except(["core", "classes", "languages"])
            .Order(StringComparer.Ordinal);

        Assert.Equal(languages, scripts);
        Assert.Equal(languages, Languages.Select(row => (string)row[0]));
    }

    /// <summary>Names that highlight.js knows for a language are known here, as long as it is not left out.</summary>
    [Fact]
    public void Each_name_that_a_script_declares_is_known()
    {
        var unknown = CodeLanguages
            .All.Values.Distinct()
            .SelectMany(language =>
                Aliases().Matches(Script(language)).SelectMany(list => list.Groups[1].Value.Split(',', '"', '\''))
            )
            .Where(name => name.Trim().Length > 0 && !CodeLanguages.All.ContainsKey(name.Trim()));

        Assert.Empty(unknown);
    }

    [Fact]
    public async Task The_embedded_highlight_js_has_the_hash_that_its_README_names()
    {
        var folder = Path.Combine(RepositoryRoot.Find(), "functions", "Posts", "Markdown", "Code", "HighlightJs");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.GetFiles(folder, "*.min.js").Order(StringComparer.Ordinal))
        {
            hash.AppendData(await File.ReadAllBytesAsync(file));
        }

        Assert.Contains(
            Convert.ToHexStringLower(hash.GetHashAndReset()),
            await File.ReadAllTextAsync(Path.Combine(folder, "README.md")),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "BSD 3-Clause License",
            await File.ReadAllTextAsync(Path.Combine(folder, "LICENSE")),
            StringComparison.Ordinal
        );
    }

    private static string Script(string language)
    {
        var assembly = typeof(CodeLanguages).Assembly;
        using var stream = assembly.GetManifestResourceStream($"highlight/{language}.min.js")
            ?? assembly.GetManifestResourceStream($"highlight/{language}.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"aliases: ?\[([^\]]*)\]")]
    private static partial Regex Aliases();

    [GeneratedRegex(@"^(\S+): (.*) \|(?: (.*))?$")]
    private static partial Regex SampleLine();

    [GeneratedRegex("<span class=\"(.)\">([^<]*)</span>")]
    private static partial Regex Span();
}
