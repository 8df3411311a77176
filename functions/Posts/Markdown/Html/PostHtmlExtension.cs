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

/// <summary>
/// Replaces Markdig renderers whose HTML is invalid, inaccessible or against the blog's content policy. Must be
/// registered last.
/// </summary>
internal sealed class PostHtmlExtension : IMarkdownExtension
{
    /// <inheritdoc/>
    public void Setup(MarkdownPipelineBuilder pipeline) { }

    /// <inheritdoc/>
    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        var renderers = renderer.ObjectRenderers;
        renderers.Replace<HtmlTableRenderer>(new TableRenderer());
        renderers.Replace<HtmlFootnoteGroupRenderer>(new FootnotesRenderer());
        renderers.Replace<HtmlTaskListRenderer>(new TaskListRenderer());
        renderers.Replace<LineBreakInlineRenderer>(new HtmlLineBreakRenderer());
        renderers.Replace<ThematicBreakRenderer>(new HorizontalRuleRenderer());
        renderers.Replace<AlertBlockRenderer>(new AlertRenderer());
        renderers.Replace<HtmlMathInlineRenderer>(new MathInlineRenderer());
        renderers.Replace<HtmlMathBlockRenderer>(new MathBlockRenderer());
        renderers.Find<LinkInlineRenderer>()!.TryWriters.Add(EmbedRenderer.TryWrite);
        if (renderers.Find<CodeBlockRenderer>() is { } code)
        {
            renderers.Replace<CodeBlockRenderer>(new HighlightedCodeRenderer(code));
        }
    }

    /// <summary>Renders a task list's box as a disabled checkbox with an accessible name.</summary>
    private sealed class TaskListRenderer : HtmlObjectRenderer<TaskList>
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

    private sealed class HtmlLineBreakRenderer : HtmlObjectRenderer<LineBreakInline>
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

    private sealed class HorizontalRuleRenderer : HtmlObjectRenderer<ThematicBreakBlock>
    {
        protected override void Write(HtmlRenderer renderer, ThematicBreakBlock rule) =>
            renderer.EnsureLine().Write("<hr").WriteAttributes(rule).WriteLine('>');
    }

    /// <summary>Renders the footnotes; their links are made by <see cref="FootnoteLinks"/>.</summary>
    private sealed class FootnotesRenderer : HtmlObjectRenderer<FootnoteGroup>
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
                renderer.Write("<li id=\"").Write(FootnoteLinks.IdFor(note)).WriteLine("\">");
                renderer.WriteChildren(note);
                renderer.WriteLine("</li>");
            }

            renderer.WriteLine("</ol>").WriteLine("</section>");
        }
    }

    /// <summary>
    /// Renders code, highlighted if possible. The block is focusable, because a region that scrolls horizontally must
    /// be reachable by keyboard (WCAG 2.1.1).
    /// </summary>
    private sealed class HighlightedCodeRenderer(CodeBlockRenderer diagramRenderer) : HtmlObjectRenderer<CodeBlock>
    {
        protected override void Write(HtmlRenderer renderer, CodeBlock code)
        {
            if (
                code is FencedCodeBlock { Info: { } info }
                && (diagramRenderer.BlockMapping.ContainsKey(info) || diagramRenderer.BlocksAsDiv.Contains(info))
            )
            {
                code.GetAttributes().AddPropertyIfNotExist("tabindex", "0");
                diagramRenderer.Write(renderer, code);
                return;
            }

            renderer.EnsureLine().Write("<pre tabindex=\"0\"><code").WriteAttributes(code).Write('>');
            CodeBlockHighlighter.Write(renderer, code);
            renderer.WriteLine("</code></pre>");
        }
    }

    private sealed class MathInlineRenderer : HtmlObjectRenderer<MathInline>
    {
        /// <summary>
        /// The length of TeX in characters above which a formula within a line scrolls by itself: browsers do not break
        /// it, and it may be wider than a narrow screen.
        /// </summary>
        private const int MaxUnbrokenLength = 20;

        private readonly HtmlMathInlineRenderer _texRenderer = new();

        protected override void Write(HtmlRenderer renderer, MathInline formula)
        {
            if (!renderer.EnableHtmlForInline || MathRenderer.FindMathMl(formula) is not { } mathMl)
            {
                _texRenderer.Write(renderer, formula);
                return;
            }

            var scrolls =
                MathRenderer.IsDisplay(formula) ? "formula"
                : formula.Content.Length > MaxUnbrokenLength ? "formula long"
                : null;
            renderer
                .Write(scrolls is null ? "" : $"<span class=\"{scrolls}\" tabindex=\"0\">")
                .Write(mathMl)
                .Write(scrolls is null ? "" : "</span>");
        }
    }

    private sealed class MathBlockRenderer : HtmlObjectRenderer<MathBlock>
    {
        private readonly HtmlMathBlockRenderer _texRenderer = new();

        protected override void Write(HtmlRenderer renderer, MathBlock formula)
        {
            if (MathRenderer.FindMathMl(formula) is { } mathMl)
            {
                renderer.EnsureLine().Write("<div class=\"formula\" tabindex=\"0\">").Write(mathMl).WriteLine("</div>");
                return;
            }

            _texRenderer.Write(renderer, formula);
        }
    }
}
