using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Feeds;

/// <summary>The feeds of the blog as pages of the cache: that of all posts, those of a tag and of an author.</summary>
public sealed class FeedPages(FeedRenderer renderer, PostLists lists, BlogSettings settings)
{
    /// <summary>The feed of all posts.</summary>
    public PageRequest ForAll(FeedFormat format) =>
        RequestFor("feed", "", format, new FeedList("/", null, (take, stop) => lists.ReadNewestAsync(0, take, stop)));

    /// <summary>The feed of the posts with a tag; not found without posts.</summary>
    public PageRequest ForTag(Tag tag, FeedFormat format) =>
        RequestFor(
            $"feed/tags/{tag.Hash}",
            tag.Link,
            format,
            new FeedList(
                tag.Link,
                posts => ("list.tag", "tag", posts[0].Tags.First(name => Tag.Parse(name) == tag)),
                (take, stop) => lists.ReadByTagAsync(tag, 0, take, stop)
            )
        );

    /// <summary>The feed of an author's posts; not found without posts.</summary>
    public PageRequest ForAuthor(Author author, FeedFormat format) =>
        RequestFor(
            $"feed/authors/{author.Hash}",
            author.Link,
            format,
            new FeedList(
                author.Link,
                posts => ("list.author", "author", posts[0].Author ?? settings.DefaultAuthor),
                (take, stop) => lists.ReadByAuthorAsync(author, settings.DefaultAuthor, 0, take, stop)
            )
        );

    private PageRequest RequestFor(string page, string path, FeedFormat format, FeedList list)
    {
        var link = $"{path}/{format.File}";
        return new PageRequest(
            $"{page}/{format.File}",
            link,
            stop => renderer.RenderAsync(list, format, link, stop),
            ContentType: format.ContentType,
            ShowsCommentCounts: format.ShowsCommentCounts
        )
        {
            Policy = CachePolicy.Feed,
        };
    }
}
