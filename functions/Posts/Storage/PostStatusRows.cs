using Azure.Data.Tables;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// The rows of the lists by status, newest first: <c>status:{list}:{time}:{id}</c>. They name the post only; what a
/// list shows is read from the row of the post.
/// </summary>
internal static class PostStatusRows
{
    /// <summary>The column of a post's own row that says that the lists have it.</summary>
    public const string IsListed = "IsListed";

    /// <summary>The beginning of the keys of a list.</summary>
    public static string PrefixOf(StatusList list) => $"status:{list}:";

    /// <summary>The part of the key that follows the prefix.</summary>
    public static string PlaceOf(Post post) => $"{RowRange.NewestFirst(post.Date)}:{post.Id}";

    /// <summary>The lists that have the post.</summary>
    public static IEnumerable<StatusList> ListsOf(Post post) =>
        [
            StatusList.All,
            post.Status switch
            {
                PostStatus.Published => StatusList.Published,
                PostStatus.Draft => StatusList.Draft,
                PostStatus.Scheduled => StatusList.Scheduled,
                PostStatus.Expired => StatusList.Expired,
                _ => StatusList.Deleted,
            },
            .. post is { Warnings: > 0, Status: not PostStatus.Deleted }
                ? [StatusList.Warnings]
                : Array.Empty<StatusList>(),
        ];

    /// <summary>The rows of a post; none when the lists do not have it yet.</summary>
    public static IEnumerable<TableEntity> RowsOf(Post post) =>
        post.IsInStatusLists
            ? ListsOf(post).Select(list => new TableEntity(PostRows.Partition, PrefixOf(list) + PlaceOf(post)))
            : [];
}
