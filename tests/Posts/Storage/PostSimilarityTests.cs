using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Posts.Storage;

public sealed class PostSimilarityTests
{
    private static readonly ListedPost Post = CreatePost("own", ["Travel", "Rail"], "Night trains through the Alps");

    [Fact]
    public void Shared_tags_outrank_shared_words_and_newer_posts_outrank_older_ones()
    {
        var words = CreatePost("words", [], "Night trains, and the Alps through them: night after night");
        var one = CreatePost("one", ["RAIL"], "Else");
        var newer = CreatePost("newer", ["rail"], "Else") with { Date = Post.Date.AddDays(1) };
        var both = CreatePost("both", ["rail", "travel"], "Else");

        Assert.Equal([both, newer, one], PostSimilarity.Best(Post, [words, one, newer, both]));
        Assert.Equal([one, words], PostSimilarity.Best(Post, [words, one]));
    }

    [Fact]
    public void One_shared_word_and_stop_words_do_not_make_posts_related()
    {
        var chance = CreatePost("chance", ["other"], "Trains");
        var plain = CreatePost("plain", [], "Through what they have: the and through");

        Assert.Empty(PostSimilarity.Best(Post, [chance, plain]));
    }

    [Fact]
    public void A_post_is_not_related_to_itself_and_duplicates_are_merged()
    {
        var other = CreatePost("other", ["rail"], "Else");

        Assert.Equal([other], PostSimilarity.Best(Post, [Post, other, other, Post]));
    }

    private static ListedPost CreatePost(string slug, string[] tags, string summary) =>
        ListedPost.From(ContentBuilder.BuildPost(slug)) with
        {
            Title = slug,
            Tags = tags,
            Summary = summary,
        };
}
