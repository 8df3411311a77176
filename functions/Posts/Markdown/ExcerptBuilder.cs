using System.Globalization;
using System.Text;
using Markdig.Extensions.Abbreviations;
using Markdig.Extensions.Mathematics;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ServerlessBlog.Posts.Markdown;

/// <summary>Makes a <see cref="PostDigest"/> of parsed Markdown.</summary>
internal static class ExcerptBuilder
{
    private const string More = "<!--more-->";
    private const int MaxParagraph = 300;
    private const int MaxBeforeMore = 1000;

    /// <summary>A usual figure for silent reading in English (Brysbaert 2019, https://doi.org/10.1016/j.jml.2019.104047: 238).</summary>
    private const int WordsPerMinute = 238;

    /// <summary>For Chinese, Japanese and Korean: the same study's sources give 255 to 500; half way, as the big engines do.</summary>
    private const int CharactersPerMinute = 500;

    public static PostDigest Build(MarkdownDocument document) => new(Excerpt(document), Minutes(document));

    private static string? Excerpt(MarkdownDocument document)
    {
        var last = document.ToList().FindIndex(HasMark);
        var paragraphs = document
            .Take(last < 0 ? document.Count : last + 1)
            .OfType<ParagraphBlock>()
            .Select(paragraph => TextOf(Inlines(paragraph).TakeWhile(inline => !HasMark(inline))))
            .Where(text => text.Length > 0);
        return last < 0
            ? paragraphs.FirstOrDefault() is { } first
                ? Cut(first, MaxParagraph)
                : null
            : string.Join(' ', paragraphs) is { Length: > 0 } all
                ? Cut(all, MaxBeforeMore)
                : null;
    }

    /// <summary>Whether <c>&lt;!--more--&gt;</c> stands here: on a line of its own, or in a paragraph.</summary>
    private static bool HasMark(MarkdownObject part) =>
        part switch
        {
            HtmlBlock html => IsMark(html.Lines.ToString()),
            HtmlInline html => IsMark(html.Tag),
            ParagraphBlock paragraph => Inlines(paragraph).Any(HasMark),
            _ => false,
        };

    private static bool IsMark(string html) =>
        html.Replace(" ", "", StringComparison.Ordinal).StartsWith(More, StringComparison.OrdinalIgnoreCase);

    private static int Minutes(MarkdownDocument document)
    {
        var (words, characters) = (0, 0);
        foreach (
            var text in document
                .Descendants<LeafBlock>()
                .Select(block => block is CodeBlock ? block.Lines.ToString() : TextOf(block))
        )
        {
            var isInWord = false;
            foreach (var rune in text.EnumerateRunes())
            {
                var isAlone = IsIdeograph(rune.Value);
                var isWord = !isAlone && Rune.IsLetterOrDigit(rune);
                characters += isAlone ? 1 : 0;
                words += isWord && !isInWord ? 1 : 0;
                isInWord = isWord || (isInWord && IsPartOfWord(rune));
            }
        }

        return int.Max(
            1,
            (int)double.Ceiling(((double)words / WordsPerMinute) + ((double)characters / CharactersPerMinute))
        );
    }

    /// <summary>Scripts without spaces between words: kana, CJK ideographs with their extensions, Hangul.</summary>
    private static bool IsIdeograph(int value) =>
        value
            is (>= 0x3040 and <= 0x30FF)
                or (>= 0x3400 and <= 0x9FFF)
                or (>= 0xAC00 and <= 0xD7AF)
                or (>= 0xF900 and <= 0xFAFF)
                or (>= 0x20000 and <= 0x3FFFF);

    /// <summary>What no word begins with, and many go on with: accents and vowel signs, joiners without a width, apostrophes.</summary>
    private static bool IsPartOfWord(Rune rune) =>
        rune.Value is '\'' or '’' or '-'
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format;

    public static string TextOf(LeafBlock block) => TextOf(Inlines(block));

    private static IEnumerable<Inline> Inlines(LeafBlock block) => block.Inline?.Descendants<Inline>() ?? [];

    private static string TextOf(IEnumerable<Inline> inlines)
    {
        var text = new StringBuilder();
        foreach (var inline in inlines)
        {
            text.Append(
                inline switch
                {
                    LiteralInline literal when !IsInImage(literal) => literal.Content.ToString(),
                    CodeInline code => code.Content,
                    MathInline math => math.Content.ToString(),
                    HtmlEntityInline entity => entity.Transcoded.ToString(),
                    AbbreviationInline abbreviation => abbreviation.Abbreviation?.Label,
                    AutolinkInline link => link.Url,
                    LineBreakInline => " ",
                    HtmlInline html when html.Tag.StartsWith("<br", StringComparison.OrdinalIgnoreCase) => " ",
                    _ => null,
                }
            );
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static bool IsInImage(Inline inline)
    {
        for (var parent = inline.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is LinkInline { IsImage: true })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>At most so many characters, whole words.</summary>
    private static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var space = text.LastIndexOf(' ', most - 1);
        var end =
            space > most / 2 ? space
            : char.IsHighSurrogate(text[most - 2]) ? most - 2
            : most - 1;
        return text[..end].TrimEnd(',', ';', ':', '.') + "…";
    }
}

/// <summary>What lists show of a post's text without reading it.</summary>
/// <param name="Excerpt">Plain text: what stands before <c>&lt;!--more--&gt;</c>, or the first paragraph; null when there is none. At most 1,000 characters.</param>
/// <param name="Minutes">How long it takes to read, at least 1.</param>
public sealed record PostDigest(string? Excerpt, int Minutes);
