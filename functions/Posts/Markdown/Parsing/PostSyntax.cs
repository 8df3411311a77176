using Markdig;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.DefinitionLists;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Figures;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;

namespace ServerlessBlog.Posts.Markdown.Parsing;

/// <summary>
/// The Markdown dialect of posts: CommonMark and GFM, and of Markdig's extensions only what an author cannot type by
/// accident. docs/writing.md has the list. Raw HTML is allowed.
/// </summary>
internal static class PostSyntax
{
    /// <summary>Adds the parsers to a pipeline.</summary>
    public static MarkdownPipelineBuilder AddTo(MarkdownPipelineBuilder builder)
    {
        builder
            .UseAlertBlocks()
            .UseAbbreviations()
            .UseCustomContainers()
            .UseDefinitionLists()
            .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
            .UseFigures()
            .UseFootnotes()
            .UseGridTables()
            .UseMathematics()
            .UsePipeTables(new PipeTableOptions { UseHeaderForColumnCount = true })
            .UseTaskLists()
            .UseDiagrams()
            .UseCjkFriendlyEmphasis()
            .UsePreciseSourceLocation();
        builder.DocumentProcessed += TreeCorrections.Apply;
        builder.Extensions.Add(new StricterParsers());
        return builder;
    }

    /// <summary>Replaces the parsers of Markdig's extensions that take ordinary prose for markup.</summary>
    private sealed class StricterParsers : IMarkdownExtension
    {
        public void Setup(MarkdownPipelineBuilder pipeline)
        {
            var (blocks, inlines) = (pipeline.BlockParsers, pipeline.InlineParsers);
            blocks.ReplaceOrAdd<CustomContainerParser>(new NamedContainerParser());
            blocks.ReplaceOrAdd<DefinitionListParser>(new DefinitionParser());
            blocks.ReplaceOrAdd<FigureBlockParser>(new ClosedFigureParser());
            blocks.ReplaceOrAdd<FootnoteParser>(new NoteParser());
            blocks.ReplaceOrAdd<GridTableParser>(new WholeGridTableParser());
            blocks.ReplaceOrAdd<MathBlockParser>(new FormulaBlockParser());
            blocks.InsertBefore<ParagraphBlockParser>(new CaretLabelParser());
            inlines.ReplaceOrAdd<TaskListInlineParser>(new ItemBoxParser());
            inlines.TryRemove<MathInlineParser>();
            inlines.InsertBefore<EscapeInlineParser>(new FormulaParser());
            inlines.InsertBefore<EmphasisInlineParser>(new TightEmphasisParser());
            inlines.Add(new BareAddressParser());
            inlines.Insert(0, new AttributeListParser());
            blocks.Find<FencedCodeBlockParser>()!.TryParseAttributes = AttributeListParser.TryParseFence;
            inlines.Find<EmphasisInlineParser>()!.EmphasisDescriptors.RemoveAll(mark => mark.Character == ':');
        }

        public void Setup(MarkdownPipeline pipeline, Markdig.Renderers.IMarkdownRenderer renderer) { }
    }
}
