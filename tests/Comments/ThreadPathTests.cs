using ServerlessBlog.Comments;

namespace ServerlessBlog.Tests.Comments;

public sealed class ThreadPathTests
{
    [Fact]
    public void Keys_sort_each_reply_after_the_comment_that_it_replies_to()
    {
        string[] conversation = ["1", "1.3", "1.3.10", "1.9", "2", "2.4", "10", "10.11"];

        Assert.Equal(conversation, conversation.Reverse().OrderBy(text => ParsePath(text).Key, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("12", 5, "12.99")]
    [InlineData("12.34.51.60", 5, "12.34.51.60.99")]
    [InlineData("12.34.51.60.70", 5, "12.34.51.60.99")]
    [InlineData("12.34.51.60.70", 3, "12.34.99")]
    [InlineData("12", 2, "12.99")]
    [InlineData("12.13", 2, "12.99")]
    public void A_reply_is_one_level_below_its_parent_but_never_below_the_last_level(
        string parent,
        int levels,
        string reply
    ) => Assert.Equal(reply, ParsePath(parent).Below(99, levels).ToString());

    [Theory]
    [InlineData("12.34", "12", true)]
    [InlineData("12.34.51", "12", true)]
    [InlineData("12", "12", false)]
    [InlineData("123.4", "12", false)]
    public void A_path_below_another_is_recognised(string path, string other, bool isBelow) =>
        Assert.Equal(isBelow, ParsePath(path).IsBelow(ParsePath(other)));

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
    public void Other_texts_are_not_paths(string? text) => Assert.False(ThreadPath.TryParse(text, out _));

    private static ThreadPath ParsePath(string text) =>
        ThreadPath.TryParse(text, out var path) ? path : throw new ArgumentException(text, nameof(text));
}
