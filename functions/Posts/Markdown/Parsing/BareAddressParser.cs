using System.Buffers;
using System.Net;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax.Inlines;

namespace ServerlessBlog.Posts.Markdown.Parsing;

/// <summary>
/// Parses addresses without brackets as GFM does (https://github.github.com/gfm/#autolinks-extension-), also behind any
/// character but an ASCII letter or digit, and in capitals. An address ends before quotes, brackets and CJK punctuation
/// that are not its own.
/// </summary>
internal sealed class BareAddressParser : InlineParser
{
    /// <summary>Maximum length of an address in characters; longer ones stay text: 2,000.</summary>
    private const int MaxLength = 2_000;

    private static readonly string[] Schemes = ["https://", "http://", "ftp://", "mailto:", "www."];

    /// <summary>Characters that end an address: GFM's, a table's bar, and quotes and punctuation of CJK text.</summary>
    private static readonly SearchValues<char> Ends = SearchValues.Create(
        " \t\r\n\v\f\u0085\u00A0\u3000\u2028\u2029<|\u0000“”‘’«»„‹›、。，；：！？（）「」『』【】〈〉《》〔〕…"
    );

    private static readonly SearchValues<char> LetterOrDigit = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    );

    private static readonly SearchValues<char> HostEnds = SearchValues.Create("/?#:@");

    /// <summary>Creates the parser.</summary>
    public BareAddressParser() => OpeningCharacters = [.. Schemes.SelectMany(FirstLetters).Distinct()];

    /// <inheritdoc/>
    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var text = slice.AsSpan();
        if (
            FindScheme(text) is not { } scheme
            || char.IsAsciiLetterOrDigit(slice.PeekCharExtra(-1))
            || IsInElement(processor.Inline)
        )
        {
            return false;
        }

        var address = Trim(text);
        if (address.Length <= scheme.Length || !HasHost(address[scheme.Length..], scheme))
        {
            return false;
        }

        Emit(processor, ref slice, address.Length, scheme == "www." ? "http://" : "");
        return true;
    }

    private static IEnumerable<char> FirstLetters(string scheme) => [scheme[0], char.ToUpperInvariant(scheme[0])];

    private static string? FindScheme(ReadOnlySpan<char> text)
    {
        foreach (var scheme in Schemes)
        {
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return scheme;
            }
        }

        return null;
    }

    /// <summary>Whether the author's own HTML has opened an <c>a</c> element before this inline.</summary>
    private static bool IsInElement(Inline? before)
    {
        for (var inline = before; inline is not null; inline = inline.PreviousSibling ?? inline.Parent)
        {
            if (inline is HtmlInline { Tag: var tag } && tag.StartsWith("</a", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            if (inline is HtmlInline { Tag: ['<', 'a' or 'A', ' ' or '\n' or '>', ..] })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Cuts the text at the first character that cannot be part of the address, then what trails: punctuation, closing
    /// brackets without an opening one, a character reference.
    /// </summary>
    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        var start = text[..int.Min(text.Length, MaxLength + 1)];
        var end = start.IndexOfAny(Ends);
        var address =
            end >= 0 ? start[..end]
            : start.Length <= MaxLength ? start
            : [];
        if (FindUnopened(address, '[', ']') is >= 0 and var bracket)
        {
            address = address[..bracket];
        }

        while (address.Length > 0 && CountTrailing(address) is > 0 and var trailing)
        {
            address = address[..^trailing];
        }

        return address;
    }

    private static int CountTrailing(ReadOnlySpan<char> address) =>
        address[^1] switch
        {
            '?' or '!' or '.' or ',' or ':' or '*' or '_' or '~' or '\'' or '"' or '`' or '$' => 1,
            ')' => IsUnopened(address, '(', ')') ? 1 : 0,
            '}' => IsUnopened(address, '{', '}') ? 1 : 0,
            ';' => LengthOfReference(address),
            _ => 0,
        };

    private static bool IsUnopened(ReadOnlySpan<char> address, char opening, char closing) =>
        address.Count(closing) > address.Count(opening);

    private static int FindUnopened(ReadOnlySpan<char> address, char opening, char closing)
    {
        var depth = 0;
        for (var at = 0; at < address.Length; at++)
        {
            depth +=
                address[at] == opening ? 1
                : address[at] == closing ? -1
                : 0;
            if (depth < 0)
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>The length of a trailing character reference such as <c>&amp;amp;</c>; else 1, the semicolon.</summary>
    private static int LengthOfReference(ReadOnlySpan<char> address)
    {
        var name = address[..^1].LastIndexOfAnyExcept(LetterOrDigit);
        return name >= 0 && address[name] == '&' && name < address.Length - 2 ? address.Length - name : 1;
    }

    /// <summary>
    /// Whether a host follows the scheme: its first character is a letter or digit, its last two labels have no
    /// underscore; of a mail address, with something before it.
    /// </summary>
    private static bool HasHost(ReadOnlySpan<char> rest, string scheme)
    {
        if (scheme == "mailto:")
        {
            var at = rest.IndexOf('@');
            return at > 0 && at < rest.Length - 1 && rest[(at + 1)..].Contains('.');
        }

        var end = rest.IndexOfAny(HostEnds);
        var host = end < 0 ? rest : rest[..end];
        var last = host.LastIndexOf('.');
        var lastTwo = last < 0 ? host : host[(host[..last].LastIndexOf('.') + 1)..];
        return host.Length > 0
            && (char.IsLetterOrDigit(host[0]) || char.IsSurrogate(host[0]))
            && !lastTwo.Contains('_');
    }

    private static void Emit(InlineProcessor processor, ref StringSlice slice, int length, string prefix)
    {
        var content = new StringSlice(WebUtility.HtmlDecode(slice.Text.Substring(slice.Start, length)));
        var link = new LinkInline(prefix + content, "")
        {
            IsAutoLink = true,
            IsClosed = true,
            Span = new(processor.GetSourcePosition(slice.Start, out var line, out var column), 0),
            Line = line,
            Column = column,
        };
        link.AppendChild(new LiteralInline(content) { IsClosed = true });
        slice.Start += length;
        link.Span.End = processor.GetSourcePosition(slice.Start - 1);
        processor.Inline = link;
    }
}
