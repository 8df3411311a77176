using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Tests.Posts.FrontMatter;

public sealed class PostFileNameTests
{
    [Theory]
    [InlineData("a.md", true)]
    [InlineData("2026/My_first-post.v2.MD", true)]
    [InlineData("a b.md", false)]
    [InlineData("日本.md", false)]
    [InlineData("a/.b.md", false)]
    [InlineData("a&b.md", false)]
    public void A_name_that_needs_no_escaping_is_plain(string text, bool isPlain)
    {
        Assert.True(PostFileName.TryParse(text, out var name));
        Assert.Equal((text, isPlain), (name.ToString(), name.IsUrlSafe));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".md")]
    [InlineData("a.txt")]
    [InlineData("/a.md")]
    [InlineData("a//b.md")]
    [InlineData("../a.md")]
    [InlineData("a/../b.md")]
    [InlineData("a\\..\\b.md")]
    [InlineData("a\n.md")]
    public void Paths_that_cannot_hold_a_post_are_no_file_name(string? text) =>
        Assert.False(PostFileName.TryParse(text, out _));

    [Fact]
    public void A_name_has_at_most_500_characters()
    {
        Assert.True(PostFileName.TryParse(new string('a', 497) + ".md", out _));
        Assert.False(PostFileName.TryParse(new string('a', 498) + ".md", out _));
    }

    [Theory]
    [InlineData("My first post", "my-first-post.md")]
    [InlineData("and/or", "and-or.md")]
    [InlineData("Version 1.0", "version-1-0.md")]
    [InlineData("日本", null)]
    public void A_file_name_is_derived_from_the_title(string title, string? expected) =>
        Assert.Equal(expected, PostFileName.TryFromTitle(title, out var name) ? name.ToString() : null);

    [Theory]
    [InlineData("a\tb\r\nc\rd\n", "a\tb\nc\nd\n")]
    [InlineData("\uFEFFa", "a")]
    [InlineData("a\0b", null)]
    [InlineData("a\u0085b", null)]
    [InlineData("a\fb", null)]
    public void Only_text_that_a_browser_returns_unchanged_can_be_edited(string file, string? expected) =>
        Assert.Equal(expected, EditableText.Decode(System.Text.Encoding.UTF8.GetBytes(file)));

    [Fact]
    public void A_file_over_the_size_limit_cannot_be_edited()
    {
        Assert.NotNull(
            EditableText.Decode(
                new byte[PostFile.MaxBytes]
                    .Select(_ => (byte)'a')
                    .ToArray()
            )
        );
        Assert.Null(
            EditableText.Decode(
                new byte[PostFile.MaxBytes + 1]
                    .Select(_ => (byte)'a')
                    .ToArray()
            )
        );
    }
}
