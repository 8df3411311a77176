using Azure.Data.Tables;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// The lists of public posts that <see cref="PostTable"/> writes. The cost of a query depends on the length of its
/// result, not on the number of posts.
/// </summary>
public sealed class PostLists(BlogStorage storage)
{
    /// <summary>Number of posts on a page of a list: 10.</summary>
    public const int PageSize = 10;

    /// <summary>The maximum number of posts with one translation key that are read: 100.</summary>
    public const int MaxTranslations = 100;

    private readonly TableClient _table = storage.TableForReaders(StorageNames.PostTable);

    /// <summary>Reads the newest posts, newest first.</summary>
    /// <param name="skip">The number of posts to skip.</param>
    /// <param name="take">The maximum number of posts.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public Task<IReadOnlyList<ListedPost>> ReadNewestAsync(int skip, int take, CancellationToken cancellationToken) =>
        ReadAsync("list:", "list;", skip, take, cancellationToken);

    /// <summary>Reads the posts of a period, newest first.</summary>
    /// <param name="from">The start of the period, inclusive.</param>
    /// <param name="before">The end of the period, exclusive.</param>
    /// <param name="skip">The number of posts to skip.</param>
    /// <param name="take">The maximum number of posts.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public Task<IReadOnlyList<ListedPost>> ReadPeriodAsync(
        DateTimeOffset from,
        DateTimeOffset before,
        int skip,
        int take,
        CancellationToken cancellationToken
    ) => ReadAsync(PostRows.Before(before), PostRows.Before(from), skip, take, cancellationToken);

    /// <summary>Reads the posts with a tag, newest first.</summary>
    public Task<IReadOnlyList<ListedPost>> ReadByTagAsync(
        Tag tag,
        int skip,
        int take,
        CancellationToken cancellationToken
    ) => ReadAsync(PostRows.KeyFor(tag), After(PostRows.KeyFor(tag)), skip, take, cancellationToken);

    /// <summary>Reads the posts of an author, newest first.</summary>
    /// <param name="name">The author's name; null for posts that name no author.</param>
    /// <param name="skip">The number of posts to skip.</param>
    /// <param name="take">The maximum number of posts.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public Task<IReadOnlyList<ListedPost>> ReadByAuthorAsync(
        string? name,
        int skip,
        int take,
        CancellationToken cancellationToken
    ) => ReadAsync(PostRows.KeyForAuthor(name), After(PostRows.KeyForAuthor(name)), skip, take, cancellationToken);

    /// <summary>Reads the posts of an author, with those that name no author when it is the blog's first one.</summary>
    /// <param name="author">The author.</param>
    /// <param name="defaultAuthor">The name of the author of posts that name none.</param>
    /// <param name="skip">The number of posts to skip.</param>
    /// <param name="take">The maximum number of posts.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    public async Task<IReadOnlyList<ListedPost>> ReadByAuthorAsync(
        Author author,
        string defaultAuthor,
        int skip,
        int take,
        CancellationToken cancellationToken
    )
    {
        var named = ReadByAuthorAsync(author.Key, 0, skip + take, cancellationToken);
        var unnamed =
            Author.Parse(defaultAuthor) == author
                ? await ReadByAuthorAsync(null, 0, skip + take, cancellationToken)
                : [];
        return [.. (await named).Concat(unnamed).OrderByDescending(post => post.Date).Skip(skip).Take(take)];
    }

    /// <summary>
    /// Reads the names of authors, null for that of posts that name none: one short query for each, one after the
    /// other.
    /// </summary>
    /// <param name="most">The maximum number of authors.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    public async Task<IReadOnlyList<string?>> ReadAuthorsAsync(int most, CancellationToken cancellationToken)
    {
        var (authors, from) = (new List<string?>(), "author:");
        while (
            authors.Count < most
            && await ReadAsync(from, After("author:"), 0, 1, cancellationToken) is [{ Author: var author }]
        )
        {
            authors.Add(author);
            from = After(PostRows.KeyForAuthor(author));
        }

        return authors;
    }

    /// <summary>Reads the posts of a series, oldest first. The name is compared without regard to case.</summary>
    public Task<IReadOnlyList<ListedPost>> ReadBySeriesAsync(
        string name,
        int take,
        CancellationToken cancellationToken
    ) => ReadAsync(PostRows.KeyForSeries(name), After(PostRows.KeyForSeries(name)), 0, take, cancellationToken);

    /// <summary>
    /// Reads the posts and static pages with a translation key, oldest first. The key is compared without regard to
    /// case.
    /// </summary>
    public Task<IReadOnlyList<ListedPost>> ReadTranslationsAsync(
        string key,
        int take,
        CancellationToken cancellationToken
    ) =>
        ReadAsync(
            PostRows.KeyForTranslations(key),
            After(PostRows.KeyForTranslations(key)),
            0,
            take,
            cancellationToken
        );

    /// <summary>Reads the posts that are pinned to the top of the home page, newest first.</summary>
    public Task<IReadOnlyList<ListedPost>> ReadPinnedAsync(int take, CancellationToken cancellationToken) =>
        ReadAsync("pin:", "pin;", 0, take, cancellationToken);

    /// <summary>Reads the static pages in the order of the menu, including pages that are not in it.</summary>
    public Task<IReadOnlyList<ListedPost>> ReadStaticPagesAsync(int take, CancellationToken cancellationToken) =>
        ReadAsync("page:", "page;", 0, take, cancellationToken);

    /// <summary>Finds the previous and the next post by date; null at either end.</summary>
    public async Task<(ListedPost? Older, ListedPost? Newer)> FindNeighboursAsync(
        Post post,
        CancellationToken cancellationToken
    )
    {
        var older = ReadAsync(PostRows.OlderThan(post), "list;", 0, 1, cancellationToken);
        var newer = await ReadAsync(PostRows.NewerThan(post), "old;", 0, 1, cancellationToken);
        return (await older is [var before, ..] ? before : null, newer is [var after, ..] ? after : null);
    }

    /// <summary>Counts the posts of each tag. Reads two columns of one row for each tag of each post.</summary>
    public async Task<IReadOnlyList<TagCount>> CountTagsAsync(CancellationToken cancellationToken)
    {
        var rows = await RowRange
            .ReadColumnAsync(_table, PostRows.Partition, "tag:", After("tag:"), PostRows.Spelling, cancellationToken)
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.GroupBy(row => PostRows.TagIn(row.Key))
                .Select(tag => new TagCount(tag.Key, tag.First().Value ?? tag.Key.Key, tag.Count())),
        ];
    }

    /// <summary>Counts the posts of each month, newest first. Reads one row for each post.</summary>
    /// <param name="zone">The time zone in which months begin.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<IReadOnlyList<(DateOnly Month, int Count)>> CountMonthsAsync(
        TimeZoneInfo zone,
        CancellationToken cancellationToken
    )
    {
        var counts = new OrderedDictionary<DateOnly, int>();
        await foreach (
            var key in RowRange.ReadKeysAsync(_table, PostRows.Partition, "list:", After("list:"), cancellationToken)
        )
        {
            var month = MonthOf(TimeZoneInfo.ConvertTime(PostRows.ParseTime(key), zone));
            counts[month] = counts.GetValueOrDefault(month) + 1;
        }

        return [.. counts.Select(count => (count.Key, count.Value))];
    }

    private static DateOnly MonthOf(DateTimeOffset time) => new(time.Year, time.Month, 1);

    private async Task<IReadOnlyList<ListedPost>> ReadAsync(
        string from,
        string before,
        int skip,
        int take,
        CancellationToken cancellationToken
    ) =>
        await RowRange
            .ReadAsync(_table, PostRows.Partition, from, before, most: skip + take, cancellationToken)
            .Skip(skip)
            .Take(take)
            .Select(row => Row.Read(row, PostJson.Default.ListedPost))
            .ToListAsync(cancellationToken);

    /// <summary>Returns the first key after all keys with a prefix, which must end in a colon.</summary>
    private static string After(string prefix) => prefix[..^1] + ';';
}

/// <summary>A tag and how many public posts have it.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Spelling">The tag as the newest of its posts spells it.</param>
/// <param name="Count">The number of posts, at least 1.</param>
public sealed record TagCount(Tag Tag, string Spelling, int Count);
