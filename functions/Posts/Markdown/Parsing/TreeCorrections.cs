using Markdig.Extensions.Tables;
using Markdig.Helpers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ServerlessBlog.Posts.Markdown.Parsing;

/// <summary>What GFM says about parsed text, and Markdig's parsers cannot know while they parse.</summary>
internal static partial class TreeCorrections
{
    /// <summary>Corrects a parsed document.</summary>
    public static void Apply(MarkdownDocument document)
    {
        UnwrapAddresses(document);
        foreach (var inline in document.Descendants<Inline>().ToList())
        {
            switch (inline)
            {
                case CodeInline code when IsInTable(code):
                    code.Content = code.Content.Replace("\\|", "|", StringComparison.Ordinal);
                    break;
                case LiteralInline text when text.Content.IndexOf('@') >= 0 && !IsInLink(text):
                    LinkMailAddresses(text);
                    break;
            }
        }
    }

    /// <summary>Makes text of the bare addresses within links: a link holds no other.</summary>
    public static void UnwrapAddresses(MarkdownDocument document)
    {
        foreach (var address in document.Descendants<LinkInline>().Where(link => link.IsAutoLink).ToList())
        {
            if (IsInLink(address) && address.FirstChild is { } text)
            {
                text.Remove();
                address.ReplaceBy(text);
            }
        }
    }

    private static bool IsInLink(Inline inline) => inline.Parent?.FindParentOfType<LinkInline>().Any() is true;

    private static bool IsInTable(Inline inline)
    {
        var root = inline.Parent;
        while (root?.Parent is not null)
        {
            root = root.Parent;
        }

        return root?.ParentBlock?.Parent is TableCell;
    }

    /// <summary>Makes links of the mail addresses in a text.</summary>
    private static void LinkMailAddresses(LiteralInline text)
    {
        var (content, start) = (text.Content, text.Content.Start);
        Inline last = text;
        foreach (var match in MailAddress().Matches(content.ToString()).Where(match => IsWhole(match, text)))
        {
            var at = content.Start + match.Index;
            last = AppendText(last, text, start, at - 1);
            var link = new LinkInline("mailto:" + match.Value, "")
            {
                IsAutoLink = true,
                IsClosed = true,
                Line = text.Line,
                Column = text.Column + match.Index,
            };
            start = at + match.Length;
            link.AppendChild(new LiteralInline(new StringSlice(content.Text, at, start - 1)));
            last.InsertAfter(link);
            last = link;
        }

        if (last != text)
        {
            AppendText(last, text, start, content.End);
            text.Remove();
        }
    }

    /// <summary>
    /// Whether the address does not end with a hyphen or underscore, and the text beside the literal does not continue
    /// it: Markdig splits text at characters such as an underscore.
    /// </summary>
    private static bool IsWhole(Match address, LiteralInline text)
    {
        var previous = TextOf(text.PreviousSibling);
        var next = TextOf(text.NextSibling);
        var (isFirst, isLast) = (address.Index == 0, address.Index + address.Length == text.Content.Length);
        return address.Value[^1] is not ('-' or '_')
            && !(isFirst && previous is [.., var before] && IsPart(before))
            && !(isLast && next is [var after, ..] && IsPart(after));
    }

    private static ReadOnlySpan<char> TextOf(Inline? inline) =>
        inline is LiteralInline literal ? literal.Content.AsSpan() : [];

    private static bool IsPart(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '+' or '@';

    private static Inline AppendText(Inline last, LiteralInline text, int start, int end)
    {
        if (end < start)
        {
            return last;
        }

        var part = new LiteralInline(new StringSlice(text.Content.Text, start, end))
        {
            Line = text.Line,
            Column = text.Column + start - text.Content.Start,
        };
        last.InsertAfter(part);
        return part;
    }

    /// <summary>Matches GFM's extended mail address; the last character is checked apart.</summary>
    [GeneratedRegex(@"(?<![A-Za-z0-9._+@/-])[A-Za-z0-9._+-]+@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")]
    private static partial Regex MailAddress();
}
