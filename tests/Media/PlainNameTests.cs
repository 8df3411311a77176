using ServerlessBlog.Media;

namespace ServerlessBlog.Tests.Media;

public sealed class PlainNameTests
{
    [Theory]
    [InlineData("Größe und Maß", "grosse-und-mass")]
    [InlineData("Über uns", "uber-uns")]
    [InlineData("Café crème", "cafe-creme")]
    [InlineData("Cafe\u0301 cre\u0300me", "cafe-creme")]
    [InlineData("łódź", "lodz")]
    [InlineData("Đà Nẵng", "da-nang")]
    [InlineData("Ærø, Þór & Œuvre", "aero-thor-oeuvre")]
    [InlineData("İstanbul ve Iğdır", "istanbul-ve-igdir")]
    [InlineData("Αθήνα", "athina")]
    [InlineData("Привет, мир", "privet-mir")]
    [InlineData("объём", "obem")]
    [InlineData("თბილისი", "tbilisi")]
    [InlineData("Երևան", "erevan")]
    [InlineData("Hawaiʻi", "hawaii")]
    [InlineData("ＡＢＣ１２", "abc12")]
    [InlineData("ﬁn ½ m²", "fin-1-2-m2")]
    [InlineData("l’été", "l-ete")]
    public void Letters_of_alphabets_near_Latin_become_a_to_z(string text, string expected) =>
        Assert.Equal(expected, PlainName.From(text, 80));

    [Theory]
    [InlineData("Größe", "de", "groesse")]
    [InlineData("Ärger Öl Übung", "de-AT", "aerger-oel-uebung")]
    [InlineData("Ärger", "sv", "arger")]
    [InlineData("a\u0308", "DE", "ae")]
    public void German_umlauts_become_two_letters_in_a_German_post(string text, string language, string expected) =>
        Assert.Equal(expected, PlainName.From(text, 80, language));

    [Theory]
    [InlineData("你好2026", "你好2026")]
    [InlineData("世界 2026", "世界-2026")]
    [InlineData("日本語のタイトル！", "日本語のタイトル")]
    [InlineData("한국어", "한국어")]
    [InlineData("\u1112\u1161\u11AB", "\uD55C")]
    [InlineData("مرحبا بالعالم", "مرحبا-بالعالم")]
    [InlineData("שלום", "שלום")]
    [InlineData("हिन्दी लेख", "हिन्दी-लेख")]
    [InlineData("สวัสดี", "สวัสดี")]
    [InlineData("می\u200Cخواهم", "می-خواهم")]
    [InlineData("𠮷野家", "𠮷野家")]
    public void Letters_of_other_scripts_stay_with_their_vowel_signs(string text, string expected) =>
        Assert.Equal(expected, PlainName.From(text, 80));

    [Theory]
    [InlineData("❤️ 🦊")]
    [InlineData("---")]
    [InlineData("\u00AD\u200B")]
    [InlineData("\uD83D")]
    [InlineData("")]
    public void A_text_without_letters_and_digits_has_no_name(string text) =>
        Assert.Equal("", PlainName.From(text, 80));

    [Fact]
    public void A_long_name_ends_with_a_whole_character() => Assert.Equal("𠮷𠮷", PlainName.From("𠮷𠮷𠮷", 5));
}
