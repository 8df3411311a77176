using Markdig.Renderers;
using Markdig.Syntax;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown.Scripts;

namespace ServerlessBlog.Posts.Markdown.Code;

/// <summary>
/// Highlights fenced code blocks: a span per token, with a class of one letter for its kind. Code whose language is
/// unknown or that is over the limits stays plain. Thread-safe.
/// </summary>
/// <remarks>
/// The classes: c comment, k keyword, s string, m number, n name (of a type, an element or a section), a attribute, key
/// or variable, f function, i inserted, d deleted.
/// </remarks>
public static class CodeBlockHighlighter
{
    /// <summary>The maximum steps for a post: about 50 blocks of 30 lines; half a second.</summary>
    public const int MaxStepsForPost = 2_000_000;

    /// <summary>The maximum steps for a comment, which has 4,000 characters: twice what ordinary code takes.</summary>
    public const int MaxStepsForComment = 300_000;

    private const int MaxStepsPerBlock = 1_000_000;
    private const int MaxBlockLength = 20_000;
    private const int MaxProblems = 20;

    private static readonly ScriptLibrary<HighlightEngine> HighlightJs = new(
        MaxStepsPerBlock,
        budget => new HighlightEngine(budget)
    );

    /// <summary>Writes the content of a block, highlighted when <see cref="Highlight"/> has classified it.</summary>
    public static void Write(HtmlRenderer html, CodeBlock code)
    {
        if (code.GetData(typeof(CodeBlockHighlighter)) is not string classes)
        {
            html.WriteLeafRawLines(code, writeEndOfLines: true, escape: true);
            return;
        }

        var text = GetText(code).AsSpan();
        for (var at = 0; at < text.Length; )
        {
            var length = classes.AsSpan(at).IndexOfAnyExcept(classes[at]);
            var token = text.Slice(at, length < 0 ? text.Length - at : length);
            if (classes[at] is ' ')
            {
                html.WriteEscape(token);
            }
            else
            {
                html.Write("<span class=\"").Write(classes[at]).Write("\">");
                html.WriteEscape(token);
                html.Write("</span>");
            }

            at += token.Length;
        }

        html.WriteLine();
    }

    /// <summary>
    /// Classifies the blocks of one text in document order and attaches the result to each. Returns the problems, at
    /// most 20, with their positions in the text.
    /// </summary>
    /// <param name="blocks">The blocks; only fenced ones have a language.</param>
    /// <param name="maxSteps">The maximum interpreter steps; the rest of the text stays plain.</param>
    public static IReadOnlyList<Problem> Highlight(IEnumerable<CodeBlock> blocks, int maxSteps)
    {
        List<(FencedCodeBlock Block, string Language)> known =
        [
            .. blocks
                .OfType<FencedCodeBlock>()
                .Select(block => (block, CodeLanguages.Find(block)!))
                .Where(entry => entry.Item2 is not null && entry.block.Lines.Count > 0),
        ];
        return known.Count == 0
            ? []
            : [.. HighlightJs.RenderText(maxSteps, () => HighlightAll(known).ToList()).Take(MaxProblems)];
    }

    private static IEnumerable<Problem> HighlightAll(List<(FencedCodeBlock Block, string Language)> blocks)
    {
        foreach (var (block, language) in blocks)
        {
            var text = GetText(block);
            if (text.Length > MaxBlockLength)
            {
                yield return ProblemAt(block, $"it is longer than {MaxBlockLength:N0} characters.");
            }
            else if (
                HighlightJs.TryCall(library => library.Classify(text, language), out var classes)
                && classes.Length == text.Length
            )
            {
                block.SetData(typeof(CodeBlockHighlighter), classes);
            }
            else if (!HighlightJs.IsUsedUp)
            {
                yield return ProblemAt(block, "it takes too long to read.");
            }
            else
            {
                yield return ProblemAt(block, "with all code below it, it is too much. Split the post.");
                yield break;
            }
        }
    }

    private static Problem ProblemAt(FencedCodeBlock block, string reason) =>
        new(block.Line + 1, block.Column + 1, $"the code is shown without colours: {reason}");

    private static string GetText(CodeBlock block) => block.Lines.ToString();
}
