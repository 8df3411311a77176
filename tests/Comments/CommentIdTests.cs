using ServerlessBlog.Comments;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Tests.Comments;

public sealed class CommentIdTests
{
    private static readonly byte[] Key = new byte[32];
    private static readonly PostId Post = PostId.FromBlobName("one.md");

    [Fact]
    public void The_same_text_of_the_same_commenter_has_the_same_id() =>
        Assert.Equal(
            CommentId.Create(Key, Post, "grace@example.com", "Grace", "Hello"),
            CommentId.Create(Key, Post, "Grace@Example.com", "Grace", "Hello")
        );

    [Fact]
    public void Another_key_post_address_name_or_text_gives_another_id()
    {
        CommentId[] ids =
        [
            CommentId.Create(Key, Post, "grace@example.com", "Grace", "Hello"),
            CommentId.Create([.. Key.Select(_ => (byte)1)], Post, "grace@example.com", "Grace", "Hello"),
            CommentId.Create(Key, PostId.FromBlobName("other.md"), "grace@example.com", "Grace", "Hello"),
            CommentId.Create(Key, Post, "ada@example.com", "Grace", "Hello"),
            CommentId.Create(Key, Post, "grace@example.com", "grace", "Hello"),
            CommentId.Create(Key, Post, "grace@example.com", "Grace", "hello"),
            CommentId.Create(Key, Post, "grace@example.com", "GraceH", "ello"),
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void A_written_id_can_be_parsed()
    {
        var id = CommentId.Create(Key, Post, "grace@example.com", "Grace", "Hello");

        Assert.True(CommentId.TryParse(id.ToString(), out var read));
        Assert.Equal(id, read);
        Assert.Equal(32, id.ToString().Length);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef0123456789abcdef0")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("0123456789abcdef0123456789abcde'")]
    [InlineData("٠١٢٣٤٥٦٧٨٩abcdef0123456789abcdef")]
    public void Other_texts_are_not_ids(string? text) => Assert.False(CommentId.TryParse(text, out _));

    [Fact]
    public void The_default_id_is_written_as_an_empty_string() => Assert.Equal("", default(CommentId).ToString());
}
