using Azure.Data.Tables;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Posts.Storage;

/// <summary>Lists of public posts, as <see cref="PostTable"/> writes them. Each reads what it answers, however many posts there are.</summary>
public sealed class PostLists(BlogStorage storage)
{
    /// <summary>Number of posts on a page of a list: 10.</summary>
    public const int PageSize = 10;

    private readonly TableClient _table = storage.TableForReaders(StorageNames.PostTable);

    /// <summary>The newest first.</summary>
    /// <param name="skip">How many to pass over.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public Task<IReadOnlyList<ListedPost>> NewestAsync(int skip, int take, CancellationToken cancellationToken) =>
        ReadAsync("list:", "list;", skip, take, cancellationToken);

    /// <summary>The newest first, of a span of time.</summary>
    /// <param name="from">Not older than this.</param>
    /// <param name="before">Older than this.</param>
    /// <param name="skip">How many to pass over.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public Task<IReadOnlyList<ListedPost>> BetweenAsync(
        DateTimeOffset from,
        DateTimeOffset before,
        int skip,
        int take,
        CancellationToken cancellationToken
    ) => ReadAsync(PostRows.Before(before), PostRows.Before(from), skip, take, cancellationToken);

    /// <summary>The newest first, of a tag.</summary>
    public Task<IReadOnlyList<ListedPost>> OfTagAsync(
        Tag tag,
        int skip,
        int take,
        CancellationToken cancellationToken
    ) => ReadAsync(PostRows.KeyFor(tag), After(PostRows.KeyFor(tag)), skip, take, cancellationToken);

    /// <summary>The oldest first, of a series.</summary>
    public Task<IReadOnlyList<ListedPost>> OfSeriesAsync(string name, int take, CancellationToken cancellationToken) =>
        ReadAsync(PostRows.OfSeries(name), After(PostRows.OfSeries(name)), 0, take, cancellationToken);

    /// <summary>Those that stay on top of the home page, newest first.</summary>
    public Task<IReadOnlyList<ListedPost>> PinnedAsync(int take, CancellationToken cancellationToken) =>
        ReadAsync("pin:", "pin;", 0, take, cancellationToken);

    /// <summary>Static pages in the order of the menu, those that are not in it too.</summary>
    public Task<IReadOnlyList<ListedPost>> PagesAsync(int take, CancellationToken cancellationToken) =>
        ReadAsync("page:", "page;", 0, take, cancellationToken);

    /// <summary>The posts before and after this one in time. Null at the ends.</summary>
    public async Task<(ListedPost? Older, ListedPost? Newer)> NeighboursAsync(
        Post post,
        CancellationToken cancellationToken
    )
    {
        var older = ReadAsync(PostRows.OlderThan(post), "list;", 0, 1, cancellationToken);
        var newer = await ReadAsync(PostRows.NewerThan(post), "old;", 0, 1, cancellationToken);
        return (await older is [var before, ..] ? before : null, newer is [var after, ..] ? after : null);
    }

    /// <summary>How many posts each tag has. Reads a row for each tag of each post.</summary>
    public Task<IReadOnlyList<(Tag Tag, int Count)>> TagsAsync(CancellationToken cancellationToken) =>
        CountAsync("tag:", PostRows.TagIn, cancellationToken);

    /// <summary>How many posts each month has, newest first. Reads a row for each post.</summary>
    /// <param name="zone">In which months begin.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public Task<IReadOnlyList<(DateOnly Month, int Count)>> MonthsAsync(
        TimeZoneInfo zone,
        CancellationToken cancellationToken
    ) => CountAsync("list:", key => MonthOf(TimeZoneInfo.ConvertTime(PostRows.TimeIn(key), zone)), cancellationToken);

    private static DateOnly MonthOf(DateTimeOffset time) => new(time.Year, time.Month, 1);

    /// <summary>Counts what keys say, which are all that is read.</summary>
    private async Task<IReadOnlyList<(T Value, int Count)>> CountAsync<T>(
        string prefix,
        Func<string, T> read,
        CancellationToken cancellationToken
    )
        where T : notnull
    {
        var counts = new OrderedDictionary<T, int>();
        await foreach (var key in Row.KeysAsync(_table, PostRows.Partition, prefix, After(prefix), cancellationToken))
        {
            var value = read(key);
            counts[value] = counts.GetValueOrDefault(value) + 1;
        }

        return [.. counts.Select(count => (count.Key, count.Value))];
    }

    private async Task<IReadOnlyList<ListedPost>> ReadAsync(
        string from,
        string before,
        int skip,
        int take,
        CancellationToken cancellationToken
    ) =>
        await Row.RangeAsync(_table, PostRows.Partition, from, before, most: skip + take, cancellationToken)
            .Skip(skip)
            .Take(take)
            .Select(row => Row.Read(row, PostJson.Default.ListedPost))
            .ToListAsync(cancellationToken);

    /// <summary>The first key after all that begin with a prefix, whose last character is a colon.</summary>
    private static string After(string prefix) => prefix[..^1] + ';';
}
