using System.Runtime.CompilerServices;
using Azure.Data.Tables;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// Reads all public static pages and posts, a thousand in a call. They are not held in memory: their number does not
/// matter.
/// </summary>
public sealed class PublicPageLists(BlogStorage storage)
{
    private const int AtOnce = 1000;

    /// <summary>The rows of static pages, then those of posts, oldest first.</summary>
    private static readonly (string From, string Before)[] OldestFirst = [("page:", "page;"), ("old:", "old;")];

    private readonly TableClient _table = storage.TableForReaders(StorageNames.PostTable);

    /// <summary>Reads the posts, newest first.</summary>
    public IAsyncEnumerable<ListedPost> ReadNewestFirstAsync(CancellationToken cancellationToken) =>
        ReadAsync("list:", "list;", cancellationToken);

    /// <summary>
    /// Reads the static pages in the order of the menu, then the posts, oldest first, so that a new post changes no
    /// other's place.
    /// </summary>
    /// <param name="skip">The number of pages to skip; of these only the keys are read.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    public async IAsyncEnumerable<ListedPost> ReadOldestFirstAsync(
        int skip,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var (from, before) in OldestFirst)
        {
            var start = from;
            if (skip > 0)
            {
                await using var keys = RowRange
                    .ReadKeysAsync(_table, PostRows.Partition, from, before, cancellationToken)
                    .GetAsyncEnumerator(cancellationToken);
                for (start = before; await keys.MoveNextAsync(); skip--)
                {
                    if (skip == 0)
                    {
                        start = keys.Current;
                        break;
                    }
                }
            }

            if (start == before)
            {
                continue;
            }

            await foreach (var page in ReadAsync(start, before, cancellationToken))
            {
                yield return page;
            }
        }
    }

    /// <summary>
    /// Reads the time of each page's last change, in the order of <see cref="ReadOldestFirstAsync"/>; null for a page
    /// that version 1.0.0 stored and that was not written since.
    /// </summary>
    public IAsyncEnumerable<DateTimeOffset?> ReadChangesAsync(CancellationToken cancellationToken) =>
        OldestFirst
            .ToAsyncEnumerable()
            .SelectMany(range =>
                RowRange.ReadColumnAsync(
                    _table,
                    PostRows.Partition,
                    range.From,
                    range.Before,
                    PostRows.Changed,
                    cancellationToken
                )
            )
            .Select(row =>
                row.Value is { } time
                    ? DateTimeOffset.ParseExact(time, "O", CultureInfo.InvariantCulture)
                    : (DateTimeOffset?)null
            );

    /// <summary>
    /// Reads all posts and static pages with a translation key: those with the same key one after the other, oldest
    /// first.
    /// </summary>
    public IAsyncEnumerable<ListedPost> ReadTranslationsAsync(CancellationToken cancellationToken) =>
        ReadAsync("translation:", "translation;", cancellationToken);

    private IAsyncEnumerable<ListedPost> ReadAsync(string from, string before, CancellationToken cancellationToken) =>
        RowRange
            .ReadAsync(_table, PostRows.Partition, from, before, AtOnce, cancellationToken)
            .Select(row => Row.Read(row, PostJson.Default.ListedPost));
}
