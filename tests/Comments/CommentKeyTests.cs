using ServerlessBlog.Comments;

namespace ServerlessBlog.Tests.Comments;

public sealed class CommentKeyTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void What_was_written_can_be_read()
    {
        var key = CommentBuilder.With().Key;

        Assert.True(CommentKey.TryParse(key.ToString(), out var read));
        Assert.Equal(key, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(Id)]
    [InlineData(Id + "-")]
    [InlineData("-" + Id)]
    [InlineData(Id + Id)]
    [InlineData(Id + "-" + Id + "-" + Id)]
    [InlineData(Id + "-" + Id + " ")]
    [InlineData(Id + "--" + Id)]
    [InlineData("waiting-" + Id)]
    public void Nothing_else_is_a_key(string? text) => Assert.False(CommentKey.TryParse(text, out _));
}
