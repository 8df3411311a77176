using ServerlessBlog.Texts;
using SkiaSharp;

namespace ServerlessBlog.Media;

/// <summary>Draws cards with the embedded font (see Fonts/README.md), which is loaded for each and not kept.</summary>
public static class CardEncoder
{
    private const int Margin = 112;
    private const int BandWidth = 40;
    private const int TitleTop = 84;
    private const int TitleBottom = 470;
    private const int LineBaseline = 556;
    private const float LineSize = 38;
    private const float LineHeight = 1.22f;

    /// <summary>The colours of the built-in stylesheet in the light scheme: --paper, --ink and --quiet.</summary>
    internal static (int Paper, int Ink, int Quiet) Colors { get; } = (0xFDFCF9, 0x26231F, 0x665F57);

    /// <summary>The sizes of a title in pixels: the largest is used at which it fits.</summary>
    private static readonly float[] Sizes = [92, 80, 70, 62, 56, 50];

    /// <summary>Draws a card as PNG.</summary>
    public static byte[] ToPng(SocialCard card)
    {
        var png = Draw(card);
        SKGraphics.PurgeFontCache(); // it would keep the font of each drawing
        return png;
    }

    private static byte[] Draw(SocialCard card)
    {
        using var stream = typeof(CardEncoder).Assembly.GetManifestResourceStream("card-font.ttf")!;
        using var data = SKData.Create(stream);
        using var typeface = SKTypeface.FromData(data);
        using var bitmap = new SKBitmap(
            new SKImageInfo(SocialCard.Width, SocialCard.Height, SKColorType.Rgba8888, SKAlphaType.Opaque)
        );
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(ToColor(Colors.Paper));
        using var accent = new SKPaint();
        accent.Color = ToColor(card.Accent);
        canvas.DrawRect(0, 0, BandWidth, SocialCard.Height, accent);
        using var font = CreateFont(typeface, LineSize);
        var (title, line) = (FindDrawable(font, card.Title), FindDrawable(font, card.Line));
        if (title is null)
        {
            (title, line) = (line, null);
        }

        if (title is null)
        {
            DrawBars(canvas, accent);
        }
        else
        {
            DrawTitle(canvas, typeface, title);
        }

        if (line is not null)
        {
            DrawLine(canvas, font, line);
        }

        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>
    /// Returns the text as the font can draw it: without emoji and other signs that the font lacks. Null when it lacks
    /// a letter: a text with gaps says something else.
    /// </summary>
    internal static string? FindDrawable(SKFont font, string text)
    {
        var drawable = new StringBuilder();
        foreach (var rune in Nfc.Normalize(text).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                drawable.Append(' ');
            }
            else if (IsFormat(rune))
            {
                continue; // this font draws signs for some of them
            }
            else if (font.ContainsGlyph(rune.Value))
            {
                drawable.Append(rune.ToString());
            }
            else if (IsPartOfWord(rune))
            {
                return null;
            }
        }

        var words = drawable.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Any(word => word.EnumerateRunes().Any(Rune.IsLetterOrDigit)) ? string.Join(' ', words) : null;
    }

    /// <summary>Whether a character is a joiner of emoji, a control of the writing direction or the like.</summary>
    private static bool IsFormat(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;

    /// <summary>
    /// Whether a character carries meaning within a word: letters, digits and their marks. Variation selectors, which
    /// are marks of emoji, do not.
    /// </summary>
    private static bool IsPartOfWord(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || (
            Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.NonSpacingMark
                    or UnicodeCategory.SpacingCombiningMark
                    or UnicodeCategory.LetterNumber
            && rune.Value is not ((>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF))
        );

    private static void DrawTitle(SKCanvas canvas, SKTypeface typeface, string text)
    {
        using var paint = new SKPaint();
        (paint.Color, paint.IsAntialias) = (ToColor(Colors.Ink), true);
        foreach (var size in Sizes)
        {
            using var font = CreateFont(typeface, size);
            var maxLines = (int)((TitleBottom - TitleTop) / (size * LineHeight));
            var lines = CardText.Wrap(text, MaxWidth, word => font.MeasureText(word));
            if (lines.Count > maxLines && size != Sizes[^1])
            {
                continue;
            }

            lines =
                lines.Count > maxLines
                    ? CardText.Cut(lines, maxLines, MaxWidth, word => font.MeasureText(word))
                    : CardText.Balance(text, lines, MaxWidth, word => font.MeasureText(word));
            var top = TitleTop + ((TitleBottom - TitleTop - (lines.Count * size * LineHeight)) / 2);
            for (var index = 0; index < lines.Count; index++)
            {
                canvas.DrawText(
                    lines[index],
                    Margin,
                    top + (index * size * LineHeight) + size,
                    SKTextAlign.Left,
                    font,
                    paint
                );
            }

            return;
        }
    }

    private static void DrawLine(SKCanvas canvas, SKFont font, string text)
    {
        using var paint = new SKPaint();
        (paint.Color, paint.IsAntialias) = (ToColor(Colors.Quiet), true);
        var lines = CardText.Wrap(text, MaxWidth, word => font.MeasureText(word));
        var line = CardText.Cut(lines, 1, MaxWidth, word => font.MeasureText(word))[0];
        canvas.DrawText(line, Margin, LineBaseline, SKTextAlign.Left, font, paint);
    }

    /// <summary>Bars in the place of lines of text, for a page whose titles the font cannot draw.</summary>
    private static void DrawBars(SKCanvas canvas, SKPaint paint)
    {
        ReadOnlySpan<float> widths = [0.85f, 1, 0.55f];
        for (var index = 0; index < widths.Length; index++)
        {
            canvas.DrawRect(Margin, 195 + (index * 96), MaxWidth * widths[index], 48, paint);
        }
    }

    private const float MaxWidth = SocialCard.Width - Margin - 84;

    private static SKFont CreateFont(SKTypeface typeface, float size) =>
        new(typeface, size)
        {
            Edging = SKFontEdging.Antialias,
            Subpixel = true,
            Hinting = SKFontHinting.None,
        };

    private static SKColor ToColor(int rgb) => new((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
}
