using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Mathematics;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Posts.Markdown;

/// <summary>
/// Finds markup that readers see as it was typed, because nothing here runs or closes it: code of templates, and
/// <c>$$</c> without its end; and markup that readers do not see, because nothing uses it: definitions of links and
/// footnotes.
/// </summary>
internal static partial class LeftoverMarkup
{
    private const int MaxProblems = 20;
    private const int MaxQuotedLength = 40;

    /// <summary>Returns the problems, at most 20, with their positions in the body.</summary>
    public static IEnumerable<Problem> Find(string body, MarkdownDocument document) =>
        FindShown(body, document).Concat(FindUnused(document)).Take(MaxProblems);

    private static IEnumerable<Problem> FindUnused(MarkdownDocument document)
    {
        var used = document.Descendants<LinkInline>().Select(link => link.Reference).ToHashSet();
        return document
            .GetLinkReferenceDefinitions(addGroup: false)
            .Links.Values.Where(definition =>
                definition is FootnoteLinkReferenceDefinition { Footnote: var note }
                    ? note.Order < 0
                    : !used.Contains(definition)
            )
            .OrderBy(definition => definition.Line)
            .Select(definition => new Problem(
                definition.Line + 1,
                definition.Column + 1,
                $"[{Shorten(definition.Label!)}] is not shown: nothing in the text uses it."
            ));
    }

    private static IEnumerable<Problem> FindShown(string body, MarkdownDocument document)
    {
        var found = Leftover().Matches(body);
        if (found.Count == 0)
        {
            return [];
        }

        var verbatim = document
            .Descendants()
            .Where(IsVerbatim)
            .Select(part => part.Span)
            .OrderBy(span => span.Start)
            .ToList();
        var next = 0;
        return found
            .Where(match => !IsIn(verbatim, match.Index, ref next))
            .Select(match => new Problem(
                body.AsSpan(0, match.Index).Count('\n') + 1,
                match.Index - body.LastIndexOf('\n', int.Max(match.Index - 1, 0)),
                $"{Shorten(match.Value)} is shown as it is: "
                    + (match.Value == "$$" ? "the formula has no end on its line." : "no template is run here.")
            ));
    }

    /// <summary>Whether one of the spans has the position. Positions must be asked for in ascending order.</summary>
    private static bool IsIn(List<SourceSpan> spans, int position, ref int next)
    {
        while (next < spans.Count && spans[next].End < position)
        {
            next++;
        }

        return next < spans.Count && spans[next].Start <= position;
    }

    private static bool IsVerbatim(MarkdownObject part) =>
        part is CodeBlock or CodeInline or MathInline or MathBlock or HtmlBlock or HtmlInline;

    private static string Shorten(string text) =>
        text.Length <= MaxQuotedLength ? text : text[..MaxQuotedLength] + "...";

    [GeneratedRegex(@"\{%.{0,200}?%\}|\{\{.{0,200}?\}\}|\{:[^{}\r\n]{1,200}\}|(?<![\\$])\$\$(?!\$)")]
    private static partial Regex Leftover();
}
