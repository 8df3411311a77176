using ServerlessBlog.Search;

namespace ServerlessBlog.Tests.Search;

/// <summary>The words of a text, as the index, the query and the marks in a snippet have them.</summary>
public sealed class SearchWordsTests
{
    [Theory]
    [InlineData("Hello, World!", "hello world")]
    [InlineData("don't re-use", "don t re use")]
    [InlineData("Crème BRÛLÉE Ångström naïve", "creme brulee angstrom naive")]
    [InlineData("cafe\u0301", "cafe")]
    [InlineData("Straße Ærø łódź Øre", "strasse aero lodz ore")]
    [InlineData("Ёлка ЙОД", "елка иод")]
    [InlineData("Ὀδυσσεύς", "οδυσσευσ")]
    [InlineData("شُكْرًا كتـاب", "شكرا كتاب")]
    [InlineData("الأردن قهوة على", "الاردن قهوه علي")]
    [InlineData("शब्द कॉफ़ी", "शब्द कॉफी")]
    [InlineData("שָׁלוֹם", "שלום")]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData("ＡＢＣ１２３", "abc123")]
    [InlineData("C# and C++, F#.", "c# and c++ f#")]
    [InlineData("issue #5, a+b, c#x", "issue 5 a b c x")]
    [InlineData("東京", "東京 京")]
    [InlineData("東京タワー", "東京 京タ タワ ワー ー")]
    [InlineData("学校에서 C#入門", "学校 校에 에서 서 c# 入門 門")]
    [InlineData("ไทย", "ไท ทย ย")]
    [InlineData("𠀀𠀁", "𠀀𠀁 𠀁")]
    [InlineData("日", "日")]
    [InlineData("🙂 \ud800 — …", "")]
    [InlineData("v1.2.3", "v1 2 3")]
    public void A_text_is_split_and_folded(string text, string words) => Assert.Equal(words, SearchWords.Join(text));

    [Fact]
    public void Each_word_knows_its_place_in_the_text()
    {
        const string text = "A Crème, 東京!";

        var places = SearchWords.Split(text).Select(word => text[word.Start..word.End]);

        Assert.Equal(["A", "Crème", "東京", "京"], places);
    }

    [Fact]
    public void A_long_word_is_cut_off_at_64_letters()
    {
        var word = Assert.Single(SearchWords.Split(new string('x', 10_000)));

        Assert.Equal((64, 10_000), (word.Text.Length, word.End));
    }
}
