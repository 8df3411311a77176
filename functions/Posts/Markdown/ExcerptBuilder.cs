using Markdig.Extensions.Abbreviations;
using Markdig.Extensions.Mathematics;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ServerlessBlog.Posts.Markdown;

/// <summary>Derives a <see cref="PostDigest"/> from parsed Markdown.</summary>
internal static class ExcerptBuilder
{
    private const string MoreMarker = "<!--more-->";
    private const int MaxParagraphLength = 300;
    private const int MaxLengthBeforeMarker = 1000;

    /// <summary>
    /// The mean speed of silent reading of English non-fiction (Brysbaert 2019,
    /// https://doi.org/10.1016/j.jml.2019.104047: 238).
    /// </summary>
    private const int WordsPerMinute = 238;

    /// <summary>
    /// The reading speed for Chinese, Japanese and Korean. The sources of the same study give 255 to 500; this is the
    /// upper end, which the large blog engines use.
    /// </summary>
    private const int CharactersPerMinute = 500;

    public static PostDigest Build(MarkdownDocument document) => new(BuildExcerpt(document), EstimateMinutes(document));

    private static string? BuildExcerpt(MarkdownDocument document)
    {
        var lastIndex = document.ToList().FindIndex(HasMoreMarker);
        var paragraphs = document
            .Take(lastIndex < 0 ? document.Count : lastIndex + 1)
            .OfType<ParagraphBlock>()
            .Select(paragraph => GetText(Inlines(paragraph).TakeWhile(inline => !HasMoreMarker(inline))))
            .Where(text => text.Length > 0);
        return lastIndex < 0
            ? paragraphs.FirstOrDefault() is { } first
                ? Shorten(first, MaxParagraphLength)
                : null
            : string.Join(' ', paragraphs) is { Length: > 0 } all
                ? Shorten(all, MaxLengthBeforeMarker)
                : null;
    }

    /// <summary>
    /// Whether a block or inline contains the marker <c>&lt;!--more--&gt;</c>, on a line of its own or within a
    /// paragraph.
    /// </summary>
    private static bool HasMoreMarker(MarkdownObject part) =>
        part switch
        {
            HtmlBlock html => IsMoreMarker(html.Lines.ToString()),
            HtmlInline html => IsMoreMarker(html.Tag),
            ParagraphBlock paragraph => Inlines(paragraph).Any(HasMoreMarker),
            _ => false,
        };

    private static bool IsMoreMarker(string html) =>
        html.Replace(" ", "", StringComparison.Ordinal).StartsWith(MoreMarker, StringComparison.OrdinalIgnoreCase);

    private static int EstimateMinutes(MarkdownDocument document)
    {
        var (words, characters) = (0, 0);
        foreach (
            var text in document
                .Descendants<LeafBlock>()
                .Select(block => block is CodeBlock ? block.Lines.ToString() : GetText(block))
        )
        {
            var isInWord = false;
            foreach (var rune in text.EnumerateRunes())
            {
                var isIdeograph = IsIdeograph(rune.Value);
                var isWord = !isIdeograph && Rune.IsLetterOrDigit(rune);
                characters += isIdeograph ? 1 : 0;
                words += isWord && !isInWord ? 1 : 0;
                isInWord = isWord || (isInWord && ContinuesWord(rune));
            }
        }

        return int.Max(
            1,
            (int)double.Ceiling(((double)words / WordsPerMinute) + ((double)characters / CharactersPerMinute))
        );
    }

    /// <summary>
    /// Whether the code point belongs to a script that is counted by characters: kana, CJK ideographs with their
    /// extensions, Hangul syllables.
    /// </summary>
    private static bool IsIdeograph(int value) =>
        value
            is (>= 0x3040 and <= 0x30FF)
                or (>= 0x3400 and <= 0x9FFF)
                or (>= 0xAC00 and <= 0xD7AF)
                or (>= 0xF900 and <= 0xFAFF)
                or (>= 0x20000 and <= 0x3FFFF);

    /// <summary>
    /// Whether the character continues a word but cannot begin one: combining marks, zero-width joiners, apostrophes
    /// and hyphens.
    /// </summary>
    private static bool ContinuesWord(Rune rune) =>
        rune.Value is '\'' or '’' or '-'
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format;

    public static string GetText(LeafBlock block) => GetText(Inlines(block));

    private static IEnumerable<Inline> Inlines(LeafBlock block) => block.Inline?.Descendants<Inline>() ?? [];

    private static string GetText(IEnumerable<Inline> inlines)
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

    /// <summary>
    /// Shortens a text to at most <paramref name="maxLength"/> characters including the ellipsis, at a space if there
    /// is one in the second half.
    /// </summary>
    private static string Shorten(string text, int maxLength)
    {
        if (text.Length <= maxLength)
        {
            return text;
        }

        var space = text.LastIndexOf(' ', maxLength - 1);
        var end =
            space > maxLength / 2 ? space
            : char.IsHighSurrogate(text[maxLength - 2]) ? maxLength - 2
            : maxLength - 1;
        return text[..end].TrimEnd(',', ';', ':', '.') + "…";
    }
}

/// <summary>The excerpt and reading time of a post's text, stored so that lists need not read the text.</summary>
/// <param name="Excerpt">
/// Plain text of at most 1,000 characters: the paragraphs before <c>&lt;!--more--&gt;</c>, else the first paragraph, of
/// that at most 300. Null when there is no such text.
/// </param>
/// <param name="Minutes">The estimated reading time in minutes, rounded up, at least 1.</param>
public sealed record PostDigest(string? Excerpt, int Minutes);
