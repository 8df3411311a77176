using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// The rows of posts, all in one partition: <c>post:{id}</c>; whose an address is, <c>path:{hash}</c>; when time changes one, <c>due:{time}:{id}</c>; and
/// where public ones are listed, newest first unless said otherwise: <c>list:</c>, <c>old:</c> (oldest first), <c>pin:</c>, <c>tag:{tag}:</c>,
/// <c>series:{series}:</c> (oldest first) and, of static pages, <c>page:{weight}:</c>.
/// </summary>
internal static class PostRows
{
    public const string Partition = "posts";

    private const int LastWeight = 9_999_999;

    public static string KeyOf(PostId id) => $"post:{id}";

    public static string KeyOf(SitePath path) => $"path:{ShortHash.Hash(path.Key)}";

    /// <summary>The first key after this post's among <c>old:</c>.</summary>
    public static string NewerThan(Post post) => $"old:{OldestFirst(post)};";

    /// <summary>The first key after this post's among <c>list:</c>.</summary>
    public static string OlderThan(Post post) => $"list:{NewestFirst(post)};";

    /// <summary>The first key among <c>list:</c> of what is older than this.</summary>
    public static string Before(DateTimeOffset time) => $"list:{Row.NewestFirst(time)};";

    public static string KeyFor(Tag tag) => $"tag:{Encoded(tag.Key)}:";

    [SuppressMessage("Globalization", "CA1308", Justification = "Compared in lower case, as tags are.")]
    public static string OfSeries(string name) => $"series:{Encoded(name.ToLowerInvariant())}:";

    /// <summary>Everywhere that a post stands beside its own row.</summary>
    public static List<TableEntity> Places(Post post) =>
        [
            .. KeysOf(post)
                .Select(key => Row.Create(Partition, key, ListedPost.From(post), PostJson.Default.ListedPost)),
            .. Due(post),
        ];

    private static IEnumerable<TableEntity> Due(Post post) =>
        post.Due is { } time
            ? [new TableEntity(Partition, $"due:{Row.OldestFirst(time)}:{post.Id}") { ["Source"] = post.Source }]
            : [];

    private static IEnumerable<string> KeysOf(Post post)
    {
        if (post.State != PostState.Published)
        {
            return [];
        }

        var (newest, oldest) = (NewestFirst(post), OldestFirst(post));
        if (post.Head.IsPage)
        {
            return [string.Create(CultureInfo.InvariantCulture, $"page:{post.Head.Weight ?? LastWeight:D7}:{oldest}")];
        }

        return
        [
            "list:" + newest,
            "old:" + oldest,
            .. post.Head.Pinned ? ["pin:" + newest] : Array.Empty<string>(),
            .. post.Head.Tags.Select(tag => KeyFor(Tag.Parse(tag)) + newest),
            .. post.Head.Series is { } series ? [OfSeries(series) + oldest] : Array.Empty<string>(),
        ];
    }

    /// <summary>The tag of a key that <see cref="KeyFor"/> begins.</summary>
    public static Tag TagIn(string key) => new(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(key.Split(':')[1])));

    /// <summary>The time of a key among <c>list:</c>.</summary>
    public static DateTimeOffset TimeIn(string key) => Row.TimeOfNewestFirst(key.Split(':')[1]);

    private static string NewestFirst(Post post) => $"{Row.NewestFirst(post.Date)}:{post.Id}";

    /// <summary>The other way round also among posts of one moment, as are all of a day when dates name days: else the next one would be the one before, too.</summary>
    private static string OldestFirst(Post post) =>
        $"{Row.OldestFirst(post.Date)}:{Convert.ToHexStringLower([.. Convert.FromHexString(post.Id.ToString()).Select(part => (byte)~part)])}";

    /// <summary>Any words as a part of a key: letters, digits, hyphens and underscores.</summary>
    private static string Encoded(string words) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(words));
}
