using ServerlessBlog.Texts;

namespace ServerlessBlog.Tests.Texts;

public sealed class LanguageTagTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("pt-BR")]
    [InlineData("zh-Hans")]
    [InlineData("de-CH-1996")]
    [InlineData("sl-rozaj-biske-1994")]
    [InlineData("x-klingon", false)]
    [InlineData("", false)]
    [InlineData("e", false)]
    [InlineData("e1", false)]
    [InlineData("en-", false)]
    [InlineData("en--US", false)]
    [InlineData("en_US", false)]
    [InlineData("en US", false)]
    [InlineData("日本", false)]
    [InlineData("en-\"onload", false)]
    [InlineData("languages", false)]
    [InlineData("en-aaaaaaaaa", false)]
    [InlineData("en-aaaaaaaa-aaaaaaaa-aaaaaaaa-aaaaaaaa", false)]
    public void A_tag_is_a_language_and_what_narrows_it(string text, bool isOne = true) =>
        Assert.Equal(isOne, LanguageTag.IsOne(text));

    [Theory]
    [InlineData("ar", true)]
    [InlineData("AR-eg", true)]
    [InlineData("he", true)]
    [InlineData("fa-IR", true)]
    [InlineData("az-Arab", true)]
    [InlineData("pa-arab-PK", true)]
    [InlineData("ar-Latn", false)]
    [InlineData("yi-latn", false)]
    [InlineData("en", false)]
    [InlineData("arn", false)] // Mapudungun
    [InlineData("de-1996", false)]
    public void Its_language_or_the_script_it_names_says_where_lines_begin(string tag, bool isRightToLeft) =>
        Assert.Equal(isRightToLeft, LanguageTag.IsRightToLeft(tag));
}
