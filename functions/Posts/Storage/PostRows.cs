using System.Buffers.Text;
using Azure.Data.Tables;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// The rows of posts, all in one partition, by row key: the post, <c>post:{id}</c>; the holder of an address,
/// <c>path:{hash}</c>; the post of a file whose front matter names another id, <c>name:{hash}</c>; posts by the hash of
/// their file's bytes, <c>text:{hash}:{id}</c>; the next date that changes a post, <c>due:{time}:{id}</c>; and the
/// lists of public posts, <c>list:</c> (newest first), <c>old:</c> (oldest first), <c>pin:</c> (newest first),
/// <c>tag:{tag}:</c> and <c>author:{author}:</c> (newest first), <c>series:{series}:</c> (oldest first), for posts and
/// static pages <c>translation:{translation key}:</c> (oldest first) and, for static pages, <c>page:{weight}:</c>. The
/// lists for authors, <c>status:</c>, are in <see cref="PostStatusRows"/>, versions of the text, <c>version:</c>, in
/// <see cref="PostVersionTable"/>. Changes that the index for search does not have yet are <c>index:{UUIDv7}:{id}</c>,
/// after the row of the index itself, <c>index</c>.
/// </summary>
internal static class PostRows
{
    public const string Partition = "posts";

    /// <summary>The column with the spelling of a tag; rows that earlier versions stored do not have it.</summary>
    public const string Spelling = "Spelling";

    /// <summary>
    /// The column with the time of the last change of rows in the order of the sitemap, in the format "O"; rows that
    /// version 1.0.0 stored do not have it.
    /// </summary>
    public const string Changed = "Changed";

    /// <summary>
    /// The column that says whether a queue message arrives at the date; rows that earlier versions stored do not have
    /// it.
    /// </summary>
    private const string HasMessage = "HasMessage";

    private const int LastWeight = 9_999_999;

    /// <summary>The key of the row of the index for search, which sorts before those of changes.</summary>
    public const string IndexKey = "index";

    /// <summary>The end, exclusive, of the keys of the index and of changes.</summary>
    public const string IndexEnd = "index;";

    public static string KeyFor(PostId id) => $"post:{id}";

    public static string KeyFor(SitePath path) => $"path:{ShortHash.Hash(path.Key)}";

    /// <summary>The key of the row that leads from a file to a post with another file's id.</summary>
    public static string KeyForName(string blobName) => $"name:{ShortHash.Hash(blobName)}";

    /// <summary>The beginning of the keys of posts whose files have these bytes.</summary>
    public static string KeyForText(string contentHash) => $"text:{contentHash}:";

    /// <summary>The lower bound, exclusive of the post itself, of the keys <c>old:</c> of newer posts.</summary>
    public static string NewerThan(Post post) => $"old:{OldestFirst(post)};";

    /// <summary>The lower bound, exclusive of the post itself, of the keys <c>list:</c> of older posts.</summary>
    public static string OlderThan(Post post) => $"list:{NewestFirst(post)};";

    /// <summary>The lower bound of the keys <c>list:</c> of posts older than this time.</summary>
    public static string Before(DateTimeOffset time) => $"list:{RowRange.NewestFirst(time)};";

    public static string KeyFor(Tag tag) => $"tag:{Base64UrlEncode(tag.Key)}:";

    /// <summary>The beginning of the keys of an author's posts; null for posts that name no author.</summary>
    public static string KeyForAuthor(string? name) =>
        $"author:{Base64UrlEncode(name is null ? "" : Author.Parse(name).Key)}:";

    [SuppressMessage("Globalization", "CA1308", Justification = "Compared in lower case, as tags are.")]
    public static string KeyForSeries(string name) => $"series:{Base64UrlEncode(name.ToLowerInvariant())}:";

    [SuppressMessage("Globalization", "CA1308", Justification = "Compared in lower case.")]
    public static string KeyForTranslations(string translationKey) =>
        $"translation:{Base64UrlEncode(translationKey.ToLowerInvariant())}:";

    /// <summary>
    /// The action that notes that a post has changed. Each change has a row of its own: the one that the index has by
    /// now is removed without a look at later ones.
    /// </summary>
    public static TableTransactionAction NoteChange(PostId post) =>
        new(TableTransactionActionType.Add, new TableEntity(Partition, $"{IndexKey}:{Guid.CreateVersion7():N}:{post}"));

    /// <summary>Parses the post from a key of <see cref="NoteChange"/>.</summary>
    public static PostId ChangedPostIn(string key) => new(key.Split(':')[2]);

    /// <summary>
    /// Returns a post's rows in lists, its due row and those that lead to it; not its own row and its addresses.
    /// </summary>
    public static List<TableEntity> DerivedRows(Post post) =>
        [
            .. ListKeys(post).Select(key => ListRow(key, ListedPost.From(post))),
            .. TagRows(post),
            .. PostStatusRows.RowsOf(post),
            .. Due(post),
            .. Leads(post),
        ];

    /// <summary>The rows of the addresses that a post reserves.</summary>
    public static IEnumerable<TableEntity> ClaimsOf(Post post) =>
        (post.HoldsAddress ? post.HeldPaths : []).Select(path => ClaimOf(path, post.Id));

    /// <summary>The row that says which post an address belongs to.</summary>
    public static TableEntity ClaimOf(SitePath path, PostId post) =>
        new(Partition, KeyFor(path)) { ["Post"] = post.ToString() };

    private static TableEntity ListRow(string key, ListedPost post)
    {
        var row = Row.Create(Partition, key, post, PostJson.Default.ListedPost);
        if (key.StartsWith("old:", StringComparison.Ordinal) || key.StartsWith("page:", StringComparison.Ordinal))
        {
            row[Changed] = post.Changed.ToString("O", CultureInfo.InvariantCulture);
        }

        return row;
    }

    private static IEnumerable<TableEntity> Leads(Post post)
    {
        if (post.IsFoundByText)
        {
            yield return new TableEntity(Partition, KeyForText(post.ContentHash) + post.Id);
        }

        if (post.SourceVersion.Length > 0 && post.Id != PostId.FromBlobName(post.Source))
        {
            yield return new TableEntity(Partition, KeyForName(post.Source)) { ["Post"] = post.Id.ToString() };
        }
    }

    private static IEnumerable<TableEntity> Due(Post post) =>
        post.Due is { } time
            ?
            [
                new TableEntity(Partition, $"due:{RowRange.OldestFirst(time)}:{post.Id}")
                {
                    ["Source"] = post.Source,
                    [HasMessage] = post.DueMessageFor == time,
                },
            ]
            : [];

    /// <summary>Reads a row of the next date that changes a post.</summary>
    public static DueDate ReadDue(TableEntity row)
    {
        var parts = row.RowKey.Split(':');
        return new DueDate(
            new PostId(parts[2]),
            row.GetString("Source"),
            RowRange.TimeOfOldestFirst(parts[1]),
            row.GetBoolean(HasMessage) ?? false
        );
    }

    private static IEnumerable<string> ListKeys(Post post)
    {
        if (post.State != PostState.Published)
        {
            return [];
        }

        var (newest, oldest) = (NewestFirst(post), OldestFirst(post));
        string[] translations = post.Metadata.TranslationKey is { } key ? [KeyForTranslations(key) + oldest] : [];
        if (post.Metadata.IsPage)
        {
            return
            [
                string.Create(CultureInfo.InvariantCulture, $"page:{post.Metadata.Weight ?? LastWeight:D7}:{oldest}"),
                .. translations,
            ];
        }

        return
        [
            "list:" + newest,
            "old:" + oldest,
            .. post.IsListedByAuthor ? [KeyForAuthor(post.Metadata.Author) + newest] : Array.Empty<string>(),
            .. post.Metadata.Pinned ? ["pin:" + newest] : Array.Empty<string>(),
            .. post.Metadata.Series is { } series ? [KeyForSeries(series) + oldest] : Array.Empty<string>(),
            .. translations,
        ];
    }

    /// <summary>
    /// The rows of a post's tags. Each has the tag as the post spells it in a column of its own, so that it can be read
    /// without the rest of the row.
    /// </summary>
    private static IEnumerable<TableEntity> TagRows(Post post)
    {
        foreach (var tag in post is { State: PostState.Published, Metadata.IsPage: false } ? post.Metadata.Tags : [])
        {
            var row = Row.Create(
                Partition,
                KeyFor(Tag.ParseStored(tag)) + NewestFirst(post),
                ListedPost.From(post),
                PostJson.Default.ListedPost
            );
            row[Spelling] = tag;
            yield return row;
        }
    }

    /// <summary>Parses the tag from a key that begins with <see cref="KeyFor(Tag)"/>.</summary>
    public static Tag TagIn(string key) => new(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(key.Split(':')[1])));

    /// <summary>Parses the time of publication from a key that begins with <c>list:</c>.</summary>
    public static DateTimeOffset ParseTime(string key) => RowRange.TimeOfNewestFirst(key.Split(':')[1]);

    private static string NewestFirst(Post post) => $"{RowRange.NewestFirst(post.Date)}:{post.Id}";

    /// <summary>
    /// A sort key in ascending order of date, and in exactly the reverse of <see cref="NewestFirst"/> for equal dates,
    /// which are common when dates name only a day: the id is inverted. Otherwise a post could be both the next and the
    /// previous one.
    /// </summary>
    private static string OldestFirst(Post post) => $"{RowRange.OldestFirst(post.Date)}:{Inverted(post.Id)}";

    private static string Inverted(PostId id) =>
        Convert.ToHexStringLower([.. Convert.FromHexString(id.ToString()).Select(part => (byte)~part)]);

    /// <summary>Encodes a text with the base64url alphabet (RFC 4648, section 5), which is safe in a row key.</summary>
    private static string Base64UrlEncode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
