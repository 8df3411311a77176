using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace ServerlessBlog.Posts.Markdown.Html;

/// <summary>
/// Renders tables with alignment as CSS classes instead of inline styles, without column widths, and with empty header
/// cells as <c>td</c>, since they name no column.
/// </summary>
internal sealed class TableRenderer : HtmlObjectRenderer<Table>
{
    /// <inheritdoc/>
    protected override void Write(HtmlRenderer renderer, Table table)
    {
        renderer.EnsureLine().Write("<table").WriteAttributes(table).WriteLine('>');
        var openSection = "";
        foreach (var row in table.OfType<TableRow>())
        {
            var section = row.IsHeader && openSection != "tbody" ? "thead" : "tbody";
            if (section != openSection)
            {
                Close(renderer, openSection);
                renderer.Write('<').Write(section).WriteLine('>');
                openSection = section;
            }

            renderer.Write("<tr").WriteAttributes(row).WriteLine('>');
            for (var index = 0; index < row.Count; index++)
            {
                Write(
                    renderer,
                    table,
                    (TableCell)row[index],
                    index,
                    row.IsHeader && !IsEmpty((TableCell)row[index]) ? "th" : "td"
                );
            }

            renderer.WriteLine("</tr>");
        }

        Close(renderer, openSection);
        renderer.WriteLine("</table>");
    }

    private static void Close(HtmlRenderer renderer, string openSection)
    {
        if (openSection.Length > 0)
        {
            renderer.Write("</").Write(openSection).WriteLine('>');
        }
    }

    private static void Write(HtmlRenderer renderer, Table table, TableCell cell, int index, string tag)
    {
        renderer.Write('<').Write(tag);
        WriteSpan(renderer, "colspan", cell.ColumnSpan);
        WriteSpan(renderer, "rowspan", cell.RowSpan);
        var column = int.Min(cell.ColumnIndex < 0 ? index : cell.ColumnIndex, table.ColumnDefinitions.Count - 1);
        if (column >= 0 && table.ColumnDefinitions[column].Alignment is { } alignment)
        {
            cell.GetAttributes()
                .AddClass(
                    alignment switch
                    {
                        TableColumnAlign.Center => "text-center",
                        TableColumnAlign.Right => "text-right",
                        _ => "text-left",
                    }
                );
        }

        renderer.WriteAttributes(cell).Write('>');
        var outerImplicitParagraph = renderer.ImplicitParagraph;
        renderer.ImplicitParagraph = cell.Count == 1;
        renderer.Write(cell);
        renderer.ImplicitParagraph = outerImplicitParagraph;
        renderer.Write("</").Write(tag).WriteLine('>');
    }

    private static void WriteSpan(HtmlRenderer renderer, string name, int count)
    {
        if (count != 1)
        {
            renderer
                .Write(' ')
                .Write(name)
                .Write("=\"")
                .Write(count.ToString(System.Globalization.CultureInfo.InvariantCulture))
                .Write('"');
        }
    }

    private static bool IsEmpty(TableCell cell) =>
        cell.Count == 0 || (cell is [Markdig.Syntax.ParagraphBlock { Inline: null or { FirstChild: null } }]);
}
