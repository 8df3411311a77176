using ServerlessBlog.Settings;

namespace ServerlessBlog.Tests.Settings;

public sealed class SpellingTests
{
    private static readonly string[] Known = ["title", "authors", "time-zone"];

    [Theory]
    [InlineData("title", "title")]
    [InlineData("titel", "title")] // two letters swapped count as one mistake
    [InlineData("tile", "title")]
    [InlineData("author", "authors")]
    [InlineData("timezone", "time-zone")]
    [InlineData("tlite", null)] // two mistakes in five letters
    [InlineData("", null)]
    [InlineData("permalink", null)]
    public void The_nearest_name_is_found_unless_too_much_is_different(string word, string? meant) =>
        Assert.Equal(meant, SpellingSuggestion.Nearest(word, Known));

    [Fact]
    public void Of_no_names_none_is_near() => Assert.Null(SpellingSuggestion.Nearest("title", []));

    [Fact]
    public void A_very_long_word_is_compared_by_its_beginning() =>
        Assert.Equal(60, SpellingSuggestion.Distance(new string('a', 1_000_000), ""));
}
