using Markdig;
using Markdig.Extensions.Alerts;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ServerlessBlog.Posts.Markdown.Code;
using ServerlessBlog.Posts.Markdown.Math;

namespace ServerlessBlog.Posts.Markdown.Html;

/// <summary>Comes last, and writes what Markdig writes in a way that a validator, a screen reader or the blog's content policy would not have.</summary>
internal sealed class PostHtmlExtension : IMarkdownExtension
{
    /// <inheritdoc/>
    public void Setup(MarkdownPipelineBuilder pipeline) { }

    /// <inheritdoc/>
    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        var renderers = renderer.ObjectRenderers;
        renderers.Replace<HtmlTableRenderer>(new TableRenderer());
        renderers.Replace<HtmlFootnoteGroupRenderer>(new Footnotes());
        renderers.Replace<HtmlTaskListRenderer>(new Box());
        renderers.Replace<LineBreakInlineRenderer>(new LineBreak());
        renderers.Replace<ThematicBreakRenderer>(new Rule());
        renderers.Replace<AlertBlockRenderer>(new AlertRenderer());
        renderers.Replace<HtmlMathInlineRenderer>(new Formula());
        renderers.Replace<HtmlMathBlockRenderer>(new FormulaBlock());
        renderers.Find<LinkInlineRenderer>()!.TryWriters.Add(EmbedRenderer.TryWrite);
        if (renderers.Find<CodeBlockRenderer>() is { } code)
        {
            renderers.Replace<CodeBlockRenderer>(new Code(code));
        }
    }

    /// <summary>With a name for who does not see it; the reader can only look at it.</summary>
    private sealed class Box : HtmlObjectRenderer<TaskList>
    {
        protected override void Write(HtmlRenderer renderer, TaskList box)
        {
            if (renderer.EnableHtmlForInline)
            {
                renderer
                    .Write("<input type=\"checkbox\"")
                    .WriteAttributes(box)
                    .Write(box.Checked ? " checked" : "")
                    .Write(" disabled aria-label=\"");
                renderer.WriteEscape(MarkdownTexts.Get(box)[box.Checked ? "body.done" : "body.not-done"]).Write("\">");
            }
        }
    }

    private sealed class LineBreak : HtmlObjectRenderer<LineBreakInline>
    {
        protected override void Write(HtmlRenderer renderer, LineBreakInline line)
        {
            if (renderer.IsLastInContainer)
            {
                return;
            }

            if (line.IsHard && renderer.EnableHtmlForInline)
            {
                renderer.Write("<br>");
            }

            renderer.WriteLine();
        }
    }

    private sealed class Rule : HtmlObjectRenderer<ThematicBreakBlock>
    {
        protected override void Write(HtmlRenderer renderer, ThematicBreakBlock rule) =>
            renderer.EnsureLine().Write("<hr").WriteAttributes(rule).WriteLine('>');
    }

    /// <summary>The notes; their links are <see cref="FootnoteLinks"/>'.</summary>
    private sealed class Footnotes : HtmlObjectRenderer<FootnoteGroup>
    {
        protected override void Write(HtmlRenderer renderer, FootnoteGroup notes)
        {
            renderer
                .EnsureLine()
                .Write("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"")
                .WriteEscape(MarkdownTexts.Get(notes)["body.footnotes"])
                .WriteLine("\">")
                .WriteLine("<hr>")
                .WriteLine("<ol>");
            foreach (var note in notes.OfType<Footnote>())
            {
                renderer.Write("<li id=\"").Write(FootnoteLinks.IdOf(note)).WriteLine("\">");
                renderer.WriteChildren(note);
                renderer.WriteLine("</li>");
            }

            renderer.WriteLine("</ol>").WriteLine("</section>");
        }
    }

    /// <summary>Coloured, when it was. What scrolls sideways is reached by the keyboard too (WCAG 2.1.1).</summary>
    private sealed class Code(CodeBlockRenderer diagrams) : HtmlObjectRenderer<CodeBlock>
    {
        protected override void Write(HtmlRenderer renderer, CodeBlock code)
        {
            if (
                code is FencedCodeBlock { Info: { } info }
                && (diagrams.BlockMapping.ContainsKey(info) || diagrams.BlocksAsDiv.Contains(info))
            )
            {
                code.GetAttributes().AddPropertyIfNotExist("tabindex", "0");
                diagrams.Write(renderer, code);
                return;
            }

            renderer.EnsureLine().Write("<pre tabindex=\"0\"><code").WriteAttributes(code).Write('>');
            CodeBlockHighlighter.Write(renderer, code);
            renderer.WriteLine("</code></pre>");
        }
    }

    private sealed class Formula : HtmlObjectRenderer<MathInline>
    {
        private readonly HtmlMathInlineRenderer _plain = new();

        protected override void Write(HtmlRenderer renderer, MathInline formula)
        {
            if (!renderer.EnableHtmlForInline || MathRenderer.MathMlOf(formula) is not { } mathMl)
            {
                _plain.Write(renderer, formula);
                return;
            }

            var isDisplay = MathRenderer.IsDisplay(formula);
            renderer
                .Write(isDisplay ? "<span class=\"formula\" tabindex=\"0\">" : "")
                .Write(mathMl)
                .Write(isDisplay ? "</span>" : "");
        }
    }

    private sealed class FormulaBlock : HtmlObjectRenderer<MathBlock>
    {
        private readonly HtmlMathBlockRenderer _plain = new();

        protected override void Write(HtmlRenderer renderer, MathBlock formula)
        {
            if (MathRenderer.MathMlOf(formula) is { } mathMl)
            {
                renderer.EnsureLine().Write("<div class=\"formula\" tabindex=\"0\">").Write(mathMl).WriteLine("</div>");
                return;
            }

            _plain.Write(renderer, formula);
        }
    }
}
