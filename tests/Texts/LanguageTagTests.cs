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
    public void A_language_tag_has_a_language_and_up_to_three_subtags(string text, bool isOne = true) =>
        Assert.Equal(isOne, LanguageTag.IsValid(text));

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
    public void The_text_direction_follows_from_the_script_or_else_from_the_language(string tag, bool isRightToLeft) =>
        Assert.Equal(isRightToLeft, LanguageTag.IsRightToLeft(tag));
}
