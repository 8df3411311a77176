using ServerlessBlog.Comments;

namespace ServerlessBlog.Tests.Comments;

public sealed class CommentKeyTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void A_written_key_can_be_parsed()
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
    public void Other_texts_are_not_keys(string? text) => Assert.False(CommentKey.TryParse(text, out _));
}
