using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Admin.Posts;

/// <summary>A tab of the list of posts.</summary>
/// <param name="Word">The word in addresses and in the keys of texts.</param>
/// <param name="List">The list; null for the files whose last upload was refused.</param>
public sealed record PostTab(string Word, StatusList? List)
{
    /// <summary>All posts.</summary>
    public static PostTab All { get; } = new("all", StatusList.All);

    /// <summary>The files whose last upload was refused, with or without a version that was accepted before.</summary>
    public static PostTab Refused { get; } = new("refused", null);

    /// <summary>All tabs in their order.</summary>
    public static IReadOnlyList<PostTab> Tabs { get; } =
    [
        All,
        new("published", StatusList.Published),
        new("draft", StatusList.Draft),
        new("scheduled", StatusList.Scheduled),
        Refused,
        new("expired", StatusList.Expired),
        new("deleted", StatusList.Deleted),
        new("warnings", StatusList.Warnings),
    ];

    /// <summary>The tab with this word; <see cref="All"/> for any other text.</summary>
    public static PostTab Parse(string word) => Tabs.FirstOrDefault(tab => tab.Word == word) ?? All;
}

/// <summary>What an author asks the list of posts for.</summary>
/// <param name="Tab">The tab.</param>
/// <param name="Search">Words of the title or the file name; empty for all posts.</param>
/// <param name="After">The place to go on after; null for the first page.</param>
public sealed record PostQuery(PostTab Tab, string Search, string? After)
{
    /// <summary>The address of a page of the list.</summary>
    public string Address =>
        AdminPaths.Posts
        + QueryString.Create(
            new[]
            {
                KeyValuePair.Create("state", Tab == PostTab.All ? null : Tab.Word),
                KeyValuePair.Create("q", Search.Length == 0 ? null : Search),
                KeyValuePair.Create("after", After),
            }.Where(part => part.Value is not null)
        );
}
