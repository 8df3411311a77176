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
    [InlineData("tlite", null)] // two mistakes in five letters are too many
    [InlineData("", null)]
    [InlineData("permalink", null)]
    public void The_nearest_name_is_suggested_unless_too_many_letters_differ(string word, string? expected) =>
        Assert.Equal(expected, SpellingSuggestion.Nearest(word, Known));

    [Fact]
    public void Without_known_names_nothing_is_suggested() => Assert.Null(SpellingSuggestion.Nearest("title", []));

    [Fact]
    public void A_very_long_word_is_compared_by_its_beginning() =>
        Assert.Equal(60, SpellingSuggestion.Distance(new string('a', 1_000_000), ""));
}
