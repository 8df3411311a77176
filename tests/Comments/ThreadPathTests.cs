using ServerlessBlog.Comments;

namespace ServerlessBlog.Tests.Comments;

public sealed class ThreadPathTests
{
    [Fact]
    public void Keys_sort_a_conversation_each_comment_after_the_one_that_it_answers()
    {
        string[] conversation = ["1", "1.3", "1.3.10", "1.9", "2", "2.4", "10", "10.11"];

        Assert.Equal(conversation, conversation.Reverse().OrderBy(text => Trail(text).Key, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("12", 5, "12.99")]
    [InlineData("12.34.51.60", 5, "12.34.51.60.99")]
    [InlineData("12.34.51.60.70", 5, "12.34.51.60.99")]
    [InlineData("12.34.51.60.70", 3, "12.34.99")]
    [InlineData("12", 2, "12.99")]
    [InlineData("12.13", 2, "12.99")]
    public void A_reply_stands_one_level_below_and_never_below_the_last(string answered, int levels, string reply) =>
        Assert.Equal(reply, Trail(answered).Below(99, levels).ToString());

    [Theory]
    [InlineData("12.34", "12", true)]
    [InlineData("12.34.51", "12", true)]
    [InlineData("12", "12", false)]
    [InlineData("123.4", "12", false)]
    public void What_stands_below_is_known_by_its_trail(string trail, string other, bool isBelow) =>
        Assert.Equal(isBelow, Trail(trail).IsBelow(Trail(other)));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData(".1")]
    [InlineData("1..2")]
    [InlineData("-1")]
    [InlineData("1,2")]
    [InlineData("123456789")]
    [InlineData("1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1")]
    [InlineData("1/2")]
    [InlineData(null)]
    public void Anything_else_is_no_trail(string? text) => Assert.False(ThreadPath.TryParse(text, out _));

    private static ThreadPath Trail(string text) =>
        ThreadPath.TryParse(text, out var path) ? path : throw new ArgumentException(text, nameof(text));
}
