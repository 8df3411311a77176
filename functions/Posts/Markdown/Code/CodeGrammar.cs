using ColorCode;

namespace ServerlessBlog.Posts.Markdown.Code;

/// <summary>
/// A grammar for <see cref="SyntaxHighlighter"/>: for a language that ColorCode lacks, or supports less well than
/// readers expect.
/// </summary>
/// <remarks>
/// The first matching rule wins. Each pattern must take time linear in the length of its match: no repetition within a
/// repetition, unless the inner one is atomic (<c>(?>...)</c>). ColorCode counts the parentheses of a rule without
/// parsing it: none may be in a character class.
/// </remarks>
/// <param name="Id">The grammar's id; not empty.</param>
/// <param name="Names">The info strings of code fences that select the grammar, separated by spaces.</param>
/// <param name="Rules">The rules; at least one.</param>
internal sealed record CodeGrammar(string Id, string Names, IList<LanguageRule> Rules) : ILanguage
{
    /// <summary>The scope of an added line of a diff.</summary>
    public const string Inserted = "Inserted";

    /// <summary>The scope of a deleted line of a diff.</summary>
    public const string Deleted = "Deleted";

    /// <inheritdoc/>
    public string Name => Id;

    /// <inheritdoc/>
    public string CssClassName => Id;

    /// <inheritdoc/>
    public string? FirstLinePattern => null;

    /// <inheritdoc/>
    public bool HasAlias(string lang) => false;
}
