using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace ServerlessBlog.Posts.Markdown.Html;

/// <summary>Writes tables: alignment as a class, no widths, and an empty cell of a head as what it is, not as the name of a column.</summary>
internal sealed class TableRenderer : HtmlObjectRenderer<Table>
{
    /// <inheritdoc/>
    protected override void Write(HtmlRenderer renderer, Table table)
    {
        renderer.EnsureLine().Write("<table").WriteAttributes(table).WriteLine('>');
        var part = "";
        foreach (var row in table.OfType<TableRow>())
        {
            var own = row.IsHeader && part != "tbody" ? "thead" : "tbody";
            if (own != part)
            {
                Close(renderer, part);
                renderer.Write('<').Write(own).WriteLine('>');
                part = own;
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

        Close(renderer, part);
        renderer.WriteLine("</table>");
    }

    private static void Close(HtmlRenderer renderer, string part)
    {
        if (part.Length > 0)
        {
            renderer.Write("</").Write(part).WriteLine('>');
        }
    }

    private static void Write(HtmlRenderer renderer, Table table, TableCell cell, int index, string tag)
    {
        renderer.Write('<').Write(tag);
        Span(renderer, "colspan", cell.ColumnSpan);
        Span(renderer, "rowspan", cell.RowSpan);
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
        var around = renderer.ImplicitParagraph;
        renderer.ImplicitParagraph = cell.Count == 1;
        renderer.Write(cell);
        renderer.ImplicitParagraph = around;
        renderer.Write("</").Write(tag).WriteLine('>');
    }

    private static void Span(HtmlRenderer renderer, string name, int count)
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
