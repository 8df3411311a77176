using ServerlessBlog.Texts;

namespace ServerlessBlog.Tests.Texts;

public sealed class LanguageNamesTests
{
    [Theory]
    [InlineData("de", "Deutsch")]
    [InlineData("DE", "Deutsch")]
    [InlineData("fr", "Français")]
    [InlineData("ja", "日本語")]
    [InlineData("pt-BR", "Português (Brasil)")]
    [InlineData("pt-AO", "Português (AO)")]
    [InlineData("xx", "xx")]
    [InlineData("xx-Latn", "xx-Latn")]
    public void A_language_is_named_in_itself(string tag, string name) => Assert.Equal(name, LanguageNames.NameOf(tag));

    [Theory]
    [InlineData("en", "en_US")]
    [InlineData("de", "de_DE")]
    [InlineData("de-AT", "de_AT")]
    [InlineData("zh-Hant", "zh_TW")]
    [InlineData("zh-Hans-SG", "zh_SG")]
    [InlineData("PT-br", "pt_BR")]
    [InlineData("xx", null)]
    [InlineData("xx-DE", "xx_DE")]
    public void A_locale_has_a_language_and_a_region(string tag, string? locale) =>
        Assert.Equal(locale, LanguageNames.LocaleOf(tag));
}
