using System.Buffers;
using System.Collections.Frozen;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace ServerlessBlog.Posts.Markdown.Code;

/// <summary>The languages that are highlighted, and the names that people write behind a fence for them.</summary>
internal static class CodeLanguages
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+#-._"
    );

    /// <summary>
    /// From languages.txt, a language a line: the name of its script, then other names. A name whose language
    /// highlight.js lacks is with the closest one, such as cshtml with HTML.
    /// </summary>
    private static readonly FrozenDictionary<string, string> ByName = HighlightEngine
        .ReadResource("languages.txt")!
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
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
