using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Tests.Posts;

public sealed class TagTests
{
    [Theory]
    [InlineData("Azure", "azure", "/tags/azure")]
    [InlineData(" C# ", "c#", "/tags/c%23")]
    [InlineData(".NET", ".net", "/tags/.net")]
    [InlineData("CI/CD", "ci-cd", "/tags/ci-cd")]
    [InlineData("a\\b", "a-b", "/tags/a-b")]
    [InlineData("Über uns", "über uns", "/tags/%C3%BCber%20uns")]
    [InlineData("日本", "日本", "/tags/%E6%97%A5%E6%9C%AC")]
    [InlineData("50%", "50%", "/tags/50%25")]
    [InlineData("Cafe\u0301", "caf\u00E9", "/tags/caf%C3%A9")]
    public void A_tag_is_one_segment_of_a_URL_and_is_parsed_back_from_it(string text, string key, string link)
    {
        var tag = Tag.Parse(text);

        Assert.Equal((key, link), (tag.Key, tag.Link));
        Assert.Equal(tag, Tag.Parse(Uri.UnescapeDataString(link)["/tags/".Length..]));
        Assert.Equal(tag, PostRows.TagIn(PostRows.KeyFor(tag) + "rest"));
    }

    [Fact]
    public void All_spellings_of_a_tag_have_one_hash()
    {
        Assert.Equal(Tag.Parse("AZURE").Hash, Tag.Parse(" azure").Hash);
        Assert.NotEqual(Tag.Parse("azure").Hash, Tag.Parse("azure-").Hash);
        Assert.Matches("^[0-9a-f]{32}$", Tag.Parse("日本").Hash);
    }
}
