using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Tests.Posts.FrontMatter;

public sealed class YamlFieldsTests
{
    [Fact]
    public void Aliases_and_merge_keys_are_read()
    {
        var fields = YamlFields.Read(
            """
            defaults: &all
              alt: An apple
              credit: Ann
            words: &words [one, two]
            title: &title Apples
            summary: *title
            tags: *words
            image:
              <<: *all
              path: a.jpg
              credit: Bob
            list:
              <<: [{alt: First}, *all]
            """,
            firstLine: 2
        );

        Assert.Equal("Apples", fields["summary"].Value.Text);
        Assert.Equal(["one", "two"], fields["tags"].Value.Texts);
        Assert.Equal(
            "alt An apple, credit Bob, path a.jpg",
            string.Join(", ", fields["image"].Value.Fields!.Select(Describe).Order())
        );
        Assert.Equal("alt First, credit Ann", string.Join(", ", fields["list"].Value.Fields!.Select(Describe).Order()));
        Assert.Equal((7, 10), (fields["summary"].Value.Line, fields["summary"].Value.Column));

        static string Describe(KeyValuePair<string, Field> field) => $"{field.Key} {field.Value.Value.Text}";
    }

    [Theory]
    [InlineData(10, 5)]
    [InlineData(2, 30)]
    [InlineData(100, 3)]
    public void A_bomb_of_aliases_is_refused_at_the_line_where_it_is_too_large(int width, int levels)
    {
        var lines = Enumerable
            .Range(1, levels)
            .Select(level => $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", width))}]")
            .Prepend("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]");

        var refused = Assert.Throws<RefusedException>(() => YamlFields.Read(string.Join('\n', lines), firstLine: 2));

        var level = 0;
        for (var total = 41.0; total <= 64 * 1024; total += 41 * Math.Pow(width, level))
        {
            level++;
        }

        Assert.Equal(level + 2, refused.Problem.Line);
        Assert.Contains("in the field 'a", refused.Problem.Sentence, StringComparison.Ordinal);
        Assert.Contains("more than 65,536 bytes", refused.Problem.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_within_the_limit_are_accepted()
    {
        var fields = YamlFields.Read(
            $"a: &a {new string('x', 6000)}\nb: [*a, *a, *a, *a, *a, *a, *a, *a, *a]",
            firstLine: 2
        );

        Assert.Equal(9, fields["b"].Value.Texts!.Count);
    }
}
