using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ServerlessBlog.Posts.Markdown.Parsing;

/// <summary>
/// Parses <c>{#id .class key="value"}</c> at the end of a heading, a link, a picture or the line of a fence. Braces
/// elsewhere, and with anything else in them, are text.
/// </summary>
internal sealed partial class AttributeListParser : InlineParser
{
    /// <summary>Creates the parser.</summary>
    public AttributeListParser() => OpeningCharacters = ['{'];

    /// <inheritdoc/>
    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var match = List().Match(slice.Text, slice.Start, slice.Length);
        if (!match.Success || match.Index != slice.Start)
        {
            return false;
        }

        if (FindTarget(processor, ref slice, match) is not { } target)
        {
            return false;
        }

        Add(match, target.GetAttributes());
        slice.Start += match.Length;
        return true;
    }

    /// <summary>Parses the list at the end of a fence's line, and takes it off the line.</summary>
    public static bool TryParseFence(BlockProcessor processor, ref StringSlice line, IBlock block)
    {
        var match = LastList().Match(line.Text, line.Start, line.Length);
        if (!match.Success)
        {
            return false;
        }

        Add(match, block.GetAttributes());
        line.End = match.Index - 1;
        return true;
    }

    /// <summary>Finds what the list belongs to: the link that ends before it, or the heading that it ends.</summary>
    private static MarkdownObject? FindTarget(InlineProcessor processor, ref StringSlice slice, Match list)
    {
        if (processor.Inline is LinkInline { IsClosed: true, IsAutoLink: false } link)
        {
            return link;
        }

        var rest = slice.Text.AsSpan(slice.Start + list.Length, slice.Length - list.Length);
        if (processor.Block is not HeadingBlock heading || !rest.IsWhiteSpace())
        {
            return null;
        }

        if (processor.Inline is LiteralInline last)
        {
            last.Content.TrimEnd();
        }

        return heading;
    }

    private static void Add(Match list, HtmlAttributes attributes)
    {
        foreach (Capture name in list.Groups["id"].Captures)
        {
            attributes.Id = name.Value;
        }

        foreach (Capture name in list.Groups["class"].Captures)
        {
            attributes.AddClass(name.Value);
        }

        foreach (var (key, value) in list.Groups["key"].Captures.Zip(list.Groups["value"].Captures))
        {
            attributes.AddProperty(key.Value, value.Value.Trim('"', '\''));
        }
    }

    private const string Pattern =
        @"\{[ \t]*(?:(?:#(?<id>[\p{L}_][\p{L}\p{M}\p{Nd}_.:-]*)|\.(?<class>[\p{L}_][\p{L}\p{Nd}_:-]*)"
        + @"|(?<key>[A-Za-z_][\w.:-]*)=(?<value>""[^""\r\n]*""|'[^'\r\n]*'|[\w.:/%#-]+))(?:[ \t]+|(?=\})))+\}";

    [GeneratedRegex(@"\G" + Pattern)]
    private static partial Regex List();

    [GeneratedRegex(Pattern + @"[ \t]*$")]
    private static partial Regex LastList();
}
