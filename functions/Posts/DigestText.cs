using System.Text;
using Markdig.Extensions.Abbreviations;
using Markdig.Extensions.Mathematics;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ServerlessBlog.Posts;

/// <summary>Makes a <see cref="PostDigest"/> of parsed Markdown.</summary>
internal static class DigestText
{
    private const string More = "<!--more-->";
    private const int MaxParagraph = 300;
    private const int MaxBeforeMore = 1000;

    /// <summary>A usual figure for silent reading in English (Brysbaert 2019, https://doi.org/10.1016/j.jml.2019.104047: 238).</summary>
    private const int WordsPerMinute = 238;

    /// <summary>For Chinese, Japanese and Korean: the same study's sources give 255 to 500; half way, as the big engines do.</summary>
    private const int CharactersPerMinute = 500;

    public static PostDigest Of(MarkdownDocument document) => new(Excerpt(document), Minutes(document));

    private static string? Excerpt(MarkdownDocument document)
    {
        var more = document.ToList().FindIndex(block => block is HtmlBlock html && Compact(html.Lines.ToString()).StartsWith(More, StringComparison.OrdinalIgnoreCase));
        var paragraphs = document.Take(more < 0 ? document.Count : more).OfType<ParagraphBlock>().Select(TextOf).Where(text => text.Length > 0);
        return more < 0
            ? paragraphs.FirstOrDefault() is { } first ? Cut(first, MaxParagraph) : null
            : string.Join(' ', paragraphs) is { Length: > 0 } all ? Cut(all, MaxBeforeMore) : null;
    }

    private static string Compact(string html) => html.Replace(" ", "", StringComparison.Ordinal);

    private static int Minutes(MarkdownDocument document)
    {
        var (words, characters) = (0, 0);
        foreach (var text in document.Descendants<LeafBlock>().Select(block => block is CodeBlock ? block.Lines.ToString() : TextOf(block)))
        {
            var isInWord = false;
            foreach (var rune in text.EnumerateRunes())
            {
                var isAlone = IsIdeograph(rune.Value);
                var isWord = !isAlone && Rune.IsLetterOrDigit(rune);
                characters += isAlone ? 1 : 0;
                words += isWord && !isInWord ? 1 : 0;
                isInWord = isWord || (isInWord && rune.Value is '\'' or '’' or '-');
            }
        }

        return Math.Max(1, (int)Math.Ceiling(((double)words / WordsPerMinute) + ((double)characters / CharactersPerMinute)));
    }

    /// <summary>Scripts without spaces between words: kana, CJK ideographs with their extensions, Hangul.</summary>
    private static bool IsIdeograph(int value) => value is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7AF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    public static string TextOf(LeafBlock block)
    {
        var text = new StringBuilder();
        foreach (var inline in block.Inline?.Descendants() ?? [])
        {
            text.Append(inline switch
            {
                LiteralInline literal when !IsInImage(literal) => literal.Content.ToString(),
                CodeInline code => code.Content,
                MathInline math => math.Content.ToString(),
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                AbbreviationInline abbreviation => abbreviation.Abbreviation?.Label,
                LineBreakInline => " ",
                _ => null,
            });
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
        var end = space > most / 2 ? space : char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return text[..end].TrimEnd(',', ';', ':', '.') + "…";
    }
}
