using System.Runtime.CompilerServices;
using Azure.Data.Tables;

namespace ServerlessBlog.Comments.Storage;

/// <summary>
/// The rows in partition <c>writers</c>: one for each comment that was approved, with the row key
/// <c>{writer}:{comment}</c>. The writer is an HMAC of name and e-mail address, so the rows hold no personal data in
/// clear.
/// </summary>
internal sealed class KnownWriterRows(TableClient table)
{
    /// <summary>The partition of these rows.</summary>
    public const string Partition = "writers";

    /// <summary>Adds the row of an approved comment. Idempotent.</summary>
    public Task AddAsync(byte[] idKey, Comment comment, CancellationToken cancellationToken) =>
        table.UpsertEntityAsync(RowOf(idKey, comment), TableUpdateMode.Replace, cancellationToken);

    /// <summary>The row of an approved comment.</summary>
    public static TableEntity RowOf(byte[] idKey, Comment comment) =>
        new(Partition, PrefixOf(idKey, comment) + comment.Key);

    /// <summary>Removes the row of a comment. Idempotent.</summary>
    public Task RemoveAsync(byte[] idKey, Comment comment, CancellationToken cancellationToken) =>
        table.DeleteEntityAsync(
            Partition,
            PrefixOf(idKey, comment) + comment.Key,
            cancellationToken: cancellationToken
        );

    /// <summary>Reads the keys of all comments with the same name and e-mail address that were ever approved.</summary>
    public async IAsyncEnumerable<CommentKey> ReadAsync(
        byte[] idKey,
        Comment comment,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var prefix = PrefixOf(idKey, comment);
        await foreach (var row in RowRange.ReadKeysAsync(table, Partition, prefix, prefix + "~", cancellationToken))
        {
            if (CommentKey.TryParse(row[prefix.Length..], out var key))
            {
                yield return key;
            }
        }
    }

    /// <summary>
    /// The prefix of the writer's row keys: HMAC-SHA256 of name and e-mail address, both without regard to case, and a
    /// colon.
    /// </summary>
    private static string PrefixOf(byte[] idKey, Comment comment)
    {
        var writer = comment.Author.ToUpperInvariant() + "\0" + comment.Email.ToUpperInvariant();
        return Convert.ToHexStringLower(HMACSHA256.HashData(idKey, Encoding.UTF8.GetBytes(writer))) + ":";
    }
}
