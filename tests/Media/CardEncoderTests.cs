using ServerlessBlog.Media;
using ServerlessBlog.Posts.Theme;
using ServerlessBlog.Tests.Repository;
using ServerlessBlog.Web.Cards;
using SkiaSharp;

namespace ServerlessBlog.Tests.Media;

public sealed class CardEncoderTests
{
    [Theory]
    [InlineData("Hello", "Hello")]
    [InlineData("Война  и\tмир", "Война и мир")]
    [InlineData("Ελληνικά", "Ελληνικά")]
    [InlineData("Cafe\u0301", "Café")]
    [InlineData("🎉 Out 👩‍💻 now ❤️!", "Out now !")]
    [InlineData("C# & <b>", "C# & <b>")]
    [InlineData("日本語 and more", null)]
    [InlineData("مرحبا", null)]
    [InlineData("שלום", null)]
    [InlineData("हिन्दी", null)]
    [InlineData("🎉", null)]
    [InlineData("...", null)]
    [InlineData("", null)]
    public void A_text_is_drawn_without_emoji_or_not_at_all(string text, string? drawn)
    {
        using var typeface = LoadTypeface();
        using var font = new SKFont(typeface, 40);

        Assert.Equal(drawn, CardEncoder.FindDrawable(font, text));
    }

    [Fact]
    public void A_card_is_a_PNG_of_1200_by_630_pixels_with_the_accent_at_its_left()
    {
        using var card = Draw("Hello", "A blog", 0x123456);

        Assert.Equal((1200, 630), (card.Width, card.Height));
        Assert.Equal(new SKColor(0x12, 0x34, 0x56), card.GetPixel(10, 300));
        Assert.Equal(new SKColor(0xFD, 0xFC, 0xF9), card.GetPixel(1199, 629));
        Assert.True(CountInk(card) > 1000);
    }

    [Fact]
    public void A_title_that_the_font_lacks_gives_its_place_to_the_line_below_it()
    {
        using var fallback = Draw("日本語", "A blog", 0x123456);
        using var alone = Draw("A blog", "", 0x123456);
        using var bars = Draw("日本語", "日本語", 0x123456);

        Assert.Equal(alone.Bytes, fallback.Bytes);
        Assert.Equal(0, CountInk(bars));
        Assert.Equal(new SKColor(0x12, 0x34, 0x56), bars.GetPixel(200, 220));
    }

    [Theory]
    [InlineData(200, ' ')]
    [InlineData(200, 'W')]
    [InlineData(10_000, ' ')]
    public void A_title_of_any_length_stays_within_the_margins(int length, char between)
    {
        var title = string.Concat(Enumerable.Range(0, length).Select(index => index % 8 == 7 ? between : 'W'));
        using var card = Draw(title, title, 0x96301E);

        for (var y = 0; y < card.Height; y++)
        {
            for (var x = 1120; x < card.Width; x++)
            {
                Assert.Equal(new SKColor(0xFD, 0xFC, 0xF9), card.GetPixel(x, y));
            }
        }
    }

    [Fact]
    public void Lines_break_between_words_and_are_of_similar_widths()
    {
        static float Measure(string text) => text.Length;

        var lines = CardText.Wrap("one two three four five six", 12, Measure);

        Assert.Equal(["one two", "three four", "five six"], lines);
        Assert.Equal(["one two three four", "five"], CardText.Wrap("one two three four five", 20, Measure));
        Assert.Equal(
            ["one two three", "four five"],
            CardText.Balance("one two three four five", ["one two three four", "five"], 20, Measure)
        );
        Assert.Equal(["one two", "three fou…"], CardText.Cut(lines, 2, 10, Measure));
        Assert.Equal(["abcde", "fgh"], CardText.Wrap("abcdefgh", 5, Measure));
    }

    [Fact]
    public void The_colours_are_those_of_the_built_in_stylesheet()
    {
        var style = File.ReadAllText(RepositoryFiles.FullPath("functions/Web/Layout/style.css"));
        var (paper, ink, quiet) = CardEncoder.Colors;

        Assert.Contains($"--paper: light-dark(#{paper:x6},", style, StringComparison.Ordinal);
        Assert.Contains($"--ink: light-dark(#{ink:x6},", style, StringComparison.Ordinal);
        Assert.Contains($"--quiet: light-dark(#{quiet:x6},", style, StringComparison.Ordinal);
        Assert.Contains($"--accent-light: #{SocialCards.BuiltInAccent:x6};", style, StringComparison.Ordinal);
        Assert.True(Contrast(paper, ink) >= 7);
        Assert.True(Contrast(paper, quiet) >= 4.5);
    }

    private static double Contrast(int one, int other) =>
        CssColor.TryParse($"#{one:x6}", out var first) && CssColor.TryParse($"#{other:x6}", out var second)
            ? first.ContrastWith(second)
            : 0;

    private static SKBitmap Draw(string title, string line, int accent) =>
        SKBitmap.Decode(CardEncoder.ToPng(new SocialCard(title, line, accent)));

    private static int CountInk(SKBitmap card) => card.Pixels.Count(pixel => pixel.Red < 0x60 && pixel.Blue < 0x50);

    private static SKTypeface LoadTypeface()
    {
        using var stream = typeof(CardEncoder).Assembly.GetManifestResourceStream("card-font.ttf")!;
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}
