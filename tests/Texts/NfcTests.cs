using System.Globalization;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Tests.Texts;

public sealed class NfcTests
{
    /// <summary>Lines of source, form C and form D, as ICU gives them: see tests/data/README.md.</summary>
    private static readonly IReadOnlyList<string[]> Cases =
    [
        .. File.ReadLines(Path.Combine(RepositoryRoot.Find(), "tests", "data", "nfc-cases.txt"))
            .Select(line => line.Split(';').Select(ToText).ToArray()),
    ];

    [Theory]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("\u00E9", "\u00E9")]
    [InlineData("\u1112\u1161\u11AB\u1100\u1173\u11AF", "\uD55C\uAE00")]
    [InlineData("a\u0323\u0307", "\u1EA1\u0307")]
    [InlineData("a\u0307\u0323", "\u1EA1\u0307")]
    [InlineData("\u212B", "\u00C5")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    public void A_text_is_composed(string text, string expected) => Assert.Equal(expected, Nfc.Normalize(text));

    [Fact]
    public void Both_forms_of_500_texts_are_those_of_the_Unicode_Character_Database()
    {
        Assert.True(Cases.Count > 500);
        Assert.All(Cases, texts =>
        {
            var (source, composed, decomposed) = (texts[0], texts[1], texts[2]);
            Assert.All(texts, text => Assert.Equal(composed, Nfc.Normalize(text)));
            Assert.All(texts, text => Assert.Equal(decomposed, Nfc.Decompose(text)));
            Assert.Equal($"<{composed}>", Nfc.Normalize($"<{source}>"));
        });
    }

    [Fact]
    public void Half_a_surrogate_pair_stays()
    {
        var text = "a\u0301\uD83D \uDE00e\u0301";

        Assert.Equal("\u00E1\uD83D \uDE00\u00E9", Nfc.Normalize(text));
    }

    [Fact]
    public void Thousands_of_marks_on_one_letter_take_no_more_than_a_moment()
    {
        var marks = string.Concat(Enumerable.Repeat("\u0301\u0323", 1000));

        Assert.Equal(2000, Nfc.Normalize("e" + marks).Length);
    }

    private static string ToText(string codePoints) =>
        string.Concat(
            codePoints
                .Split(' ')
                .Select(hex =>
                    char.ConvertFromUtf32(int.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))
                )
        );
}
