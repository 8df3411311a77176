using System.Buffers;
using System.Collections.Frozen;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace ServerlessBlog.Posts.Markdown.Code;

/// <summary>The languages that are highlighted, and the names that people write behind a fence for them.</summary>
internal static class CodeLanguages
{
    /// <summary>
    /// A language a line: the name of its script, then other names. A name whose language highlight.js lacks is with
    /// the closest one, such as cshtml with HTML.
    /// </summary>
    private const string Names = """
        ada
        apache apacheconf htaccess
        applescript osascript
        armasm arm
        asciidoc adoc
        awk gawk
        bash sh zsh ksh shell
        bicep bicepparam
        c h
        clojure clj cljs cljc edn
        cmake cmake.in
        coffeescript coffee cson iced
        cpp c++ cc cxx hpp h++ hh hxx arduino ino cuda
        crystal cr
        csharp c# cs csx dotnet
        css
        d dlang
        dart
        delphi dpr dfm pas pascal
        diff patch
        django jinja jinja2 liquid
        dns bind zone
        dockerfile docker containerfile
        dos bat batch cmd
        elixir ex exs
        elm
        erb rhtml
        erlang erl
        fortran f90 f95
        fsharp f# fs fsx
        gherkin feature cucumber
        glsl hlsl
        go golang
        gradle
        graphql gql
        groovy jenkinsfile
        haskell hs
        hcl terraform tf tfvars opentofu
        http https rest
        ini toml conf editorconfig cfg gitconfig
        java jsp
        javascript js jsx mjs cjs node
        json jsonc json5 ipynb
        julia jl
        kotlin kt kts ktm ktx
        latex tex
        less
        lisp common-lisp elisp emacs-lisp
        lua pluto
        makefile mk mak make
        markdown md mkdown mkd mdx
        matlab octave
        nginx nginxconf
        nim
        nix nixos
        objectivec objective-c objc obj-c mm objective-c++ obj-c++
        ocaml ml
        perl pl pm
        php
        powershell pwsh ps ps1 psm1
        prolog
        properties
        protobuf proto
        python py py3 python3 gyp ipython starlark
        python-repl pycon
        r
        ruby rb gemspec podspec thor irb rake
        rust rs
        scala sbt
        scheme scm racket
        scss sass
        shell console terminal shellsession shell-session
        sql tsql t-sql mysql mariadb postgres postgresql pgsql plsql sqlite
        swift
        tcl tk
        twig craftcms
        typescript ts tsx mts cts
        vbnet vb vb.net
        vbscript vbs
        verilog v sv svh systemverilog
        vhdl
        vim viml
        wasm wat
        x86asm asm assembly nasm
        xml html htm xhtml svg rss atom xaml axaml csproj props xsd xsl xslt plist xjb wsf cshtml razor vue svelte
        yaml yml
        """;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+#-._"
    );

    private static readonly FrozenDictionary<string, string> ByName = Names
        .Split('\n')
        .Select(line => line.Split(' '))
        .SelectMany(names => names.Select(name => (Name: name, Language: names[0])))
        .DistinctBy(entry => entry.Name) // "shell" is mostly the shell's language, seldom a session
        .ToFrozenDictionary(entry => entry.Name, entry => entry.Language, StringComparer.OrdinalIgnoreCase);

    /// <summary>All languages and all names.</summary>
    public static IReadOnlyDictionary<string, string> All => ByName;

    /// <summary>Returns the language of a block, the name of its script; null for none or an unknown one.</summary>
    public static string? Find(FencedCodeBlock block) =>
        block.Info is { Length: > 0 } info
            ? Find(info)
            : block.TryGetAttributes()?.Classes?.Select(Find).FirstOrDefault(language => language is not null);

    /// <summary>
    /// Returns the language that the first word of an info string names, such as <c>rust,ignore</c>, <c>js{1,3}</c> or
    /// <c>{.ruby</c>; null for none.
    /// </summary>
    private static string? Find(string info)
    {
        var name = info.TrimStart('{').TrimStart('.');
        var end = name.AsSpan().IndexOfAnyExcept(NameCharacters);
        return ByName.GetValueOrDefault(end < 0 ? name : name[..end]);
    }
}
