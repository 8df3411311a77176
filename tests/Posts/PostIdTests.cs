using ServerlessBlog.Posts;

namespace ServerlessBlog.Tests.Posts;

public sealed class PostIdTests
{
    [Fact]
    public void Every_file_name_has_a_unique_and_stable_id()
    {
        var names = Enumerable
            .Range(0, 5_000)
            .Select(number => $"folder/{number % 7}/post-{number}.md")
            .Append("")
            .Append("ü.md")
            .Append("Ü.md")
            .ToList();

        var ids = names.Select(PostId.FromBlobName).ToList();

        Assert.Equal(names.Count, ids.Distinct().Count());
        Assert.Equal(ids, names.Select(PostId.FromBlobName));
        Assert.All(ids, id => Assert.True(PostId.TryParse(id.ToString(), out var again) && again == id));
    }

    [Fact]
    public void The_id_of_a_file_never_changes_because_comments_belong_to_it() =>
        Assert.Equal("44bc5613e1b412a3", PostId.FromBlobName("welcome.md").ToString()[..16]);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef0123456789abcdef0")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("0123456789abcdef0123456789abcdeg")]
    [InlineData("0123456789abcdef0123456789abcde\n")]
    public void Other_text_is_no_id(string? text)
    {
        Assert.False(PostId.TryParse(text, out _));
        Assert.Throws<ArgumentException>(() => new PostId(text ?? ""));
    }
}
