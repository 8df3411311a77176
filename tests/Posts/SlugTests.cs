using ServerlessBlog.Posts;

namespace ServerlessBlog.Tests.Posts;

public sealed class SlugTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("my-first-post")]
    [InlineData("2026-05-22")]
    [InlineData("0")]
    [InlineData("A")]
    [InlineData("My_Post.html")]
    [InlineData("a.b")]
    [InlineData("-a--b-")]
    [InlineData("ä")]
    [InlineData("日本2026")]
    [InlineData("हिन्दी")]
    public void A_slug_is_letters_digits_hyphens_dots_and_underscores(string text)
    {
        Assert.True(Slug.TryParse(text, out var slug));
        Assert.Equal(text, slug.ToString());
        Assert.Equal(slug, new Slug(text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("._.")]
    [InlineData("a?")]
    [InlineData("a%20b")]
    [InlineData("❤️")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("a\n")]
    public void Other_text_is_no_slug(string? text)
    {
        Assert.False(Slug.TryParse(text, out _));
        Assert.Throws<ArgumentException>(() => new Slug(text ?? ""));
    }

    [Fact]
    public void A_slug_has_at_most_80_characters()
    {
        Assert.True(Slug.TryParse(new string('a', 80), out _));
        Assert.False(Slug.TryParse(new string('a', 81), out _));
    }

    [Fact]
    public void A_slug_is_in_NFC()
    {
        Assert.True(Slug.TryParse("cafe\u0301", out var slug));
        Assert.Equal("caf\u00E9", slug.ToString());
    }

    [Theory]
    [InlineData("2026/My First Post.md", "my-first-post")]
    [InlineData("trip/index.md", "trip")]
    [InlineData("trip/INDEX.MD", "trip")]
    [InlineData("index.md", "index")]
    [InlineData("C# & .NET!.md", "c-net")]
    [InlineData("--a__b--.md", "a-b")]
    [InlineData("v1.2.md", "v1-2")]
    [InlineData("Größe/Index.md", "grosse")]
    [InlineData("日本.md", "日本")]
    public void A_slug_is_derived_from_the_file_name(string name, string expected)
    {
        Assert.True(Slug.TryFromFileName(name, out var slug));
        Assert.Equal(expected, slug.ToString());
    }

    [Theory]
    [InlineData(".md")]
    [InlineData("---.md")]
    [InlineData("❤️.md")]
    [InlineData("")]
    public void A_file_name_without_letters_and_digits_has_no_slug(string name) =>
        Assert.False(Slug.TryFromFileName(name, out _));

    [Fact]
    public void The_slug_of_a_random_file_name_is_valid_and_is_its_own_slug()
    {
        var random = new Random(1);
        for (var round = 0; round < 20_000; round++)
        {
            var name =
                new string([
                    .. Enumerable
                        .Range(0, random.Next(120))
                        .Select(_ => (char)(random.Next(4) == 0 ? random.Next(0xFFFF) : random.Next(32, 127))),
                ]) + ".md";

            if (Slug.TryFromFileName(name, out var slug))
            {
                Assert.True(Slug.TryParse(slug.ToString(), out _), name);
                Assert.True(Slug.TryFromFileName(slug + ".md", out var again), name);
                Assert.True(slug == again || slug.ToString() == "index", name);
            }
        }
    }
}
