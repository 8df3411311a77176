using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Feeds;

/// <summary>The feeds of comments as pages of the cache: that of all posts, and that of each post.</summary>
public sealed class CommentFeedPages(CommentFeedRenderer renderer)
{
    /// <summary>The path of the feed of all comments.</summary>
    public const string ForAllLink = "/comments.xml";

    /// <summary>The feed of the comments of all posts, as new as the numbers of comments in lists.</summary>
    public PageRequest ForAll() =>
        new(
            "feed/comments",
            ForAllLink,
            renderer.RenderAsync,
            ContentType: FeedFormat.Atom.ContentType,
            ShowsCommentCounts: true
        )
        {
            Policy = CachePolicy.Feed,
        };

    /// <summary>The feed of a post's comments, which has the post's revision.</summary>
    /// <param name="page">Name of the page in the page cache, below that of the post's pages.</param>
    /// <param name="address">The address of the post.</param>
    /// <param name="lookup">The lookup that found it.</param>
    public PageRequest ForPost(string page, Address address, AddressLookup lookup) =>
        new(
            page,
            CommentsPage.Feed.LinkTo(address.Path),
            stop => renderer.RenderAsync(address.Post, stop),
            lookup,
            FeedFormat.Atom.ContentType
        )
        {
            Policy = CachePolicy.Feed,
        };
}
