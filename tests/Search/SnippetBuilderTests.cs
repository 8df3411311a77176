using ServerlessBlog.Search.Queries;

namespace ServerlessBlog.Tests.Search;

/// <summary>The part of a text that a result shows, with marks; written here with brackets.</summary>
public sealed class SnippetBuilderTests
{
    private static readonly string Filler = string.Join(' ', Enumerable.Repeat("filler", 100));

    [Theory]
    [InlineData("crème", "The Creme and the crème.", "The [Creme] and the [crème].")]
    [InlineData("photo", "Photos of a photograph.", "[Photos] of a [photograph].")]
    [InlineData("\"photo\"", "Photos of a photo.", "Photos of a [photo].")]
    [InlineData("\"cold start\"", "A start, cold; a cold start.", "A start, cold; a [cold start].")]
    [InlineData("京タワ", "東京タワーに行った。", "東[京タワ]ーに行った。")]
    [InlineData("京", "東京。", "東[京]。")]
    [InlineData("タワー", "東京タワー。", "東京[タワー]。")]
    [InlineData("c#", "C and C# and C++.", "C and [C#] and C++.")]
    [InlineData("<b>", "a <b>b</b> c", "a <[b]>[b]</[b]> c")]
    [InlineData("two", "A heading\nOne and two.\nThree.", "A heading · One and [two]. · Three.")]
    [InlineData("nothing", "Some text.", "Some text.")]
    [InlineData("x", "", "")]
    public void What_was_searched_for_is_marked_as_it_is_written(string query, string text, string snippet) =>
        Assert.Equal(snippet, Show(query, text));

    [Fact]
    public void The_part_with_most_of_the_words_is_shown()
    {
        var text = $"apple {Filler} apple and pear {Filler}";

        var snippet = Show("apple pear", text);

        Assert.StartsWith("…filler", snippet, StringComparison.Ordinal);
        Assert.Contains("[apple] and [pear] filler", snippet, StringComparison.Ordinal);
        Assert.EndsWith("filler…", snippet, StringComparison.Ordinal);
        Assert.InRange(snippet.Length, 150, 260);
    }

    [Fact]
    public void A_text_without_spaces_is_cut_between_characters()
    {
        var text = string.Concat(Enumerable.Repeat("𠀀", 1000)) + "東京" + string.Concat(Enumerable.Repeat("𠀀", 1000));

        var snippet = Show("東京", text);

        Assert.Contains("[東京]", snippet, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', new string([.. snippet.EnumerateRunes().SelectMany(rune => rune.ToString())]));
        Assert.InRange(snippet.Length, 200, 260);
    }

    private static string Show(string query, string text)
    {
        Assert.True(SearchQuery.TryParse(query, out var parsed));
        return string.Concat(
            SnippetBuilder.Build(text, parsed.Terms).Select(part => part.IsMarked ? $"[{part.Text}]" : part.Text)
        );
    }
}
