using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown;

namespace ServerlessBlog.Posts;

/// <summary>
/// An accepted post: its metadata, state and addresses. Its Markdown text is a separate blob, see
/// <see cref="ContentHash"/>.
/// </summary>
public sealed record Post
{
    /// <summary>The post's id; independent of its address. Comments refer to it.</summary>
    public required PostId Id { get; init; }

    /// <summary>The name of the Markdown blob in the container <c>posts</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The blob's ETag when it was accepted; empty when the blob has been deleted.</summary>
    public required string SourceVersion { get; init; }

    /// <summary>The SHA-256 of the file's bytes in hexadecimal; names the accepted copy of the text.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Whether readers see the post, as of the last call of <see cref="WithStateAt"/>.</summary>
    public required PostState State { get; init; }

    /// <summary>The fields of the front matter. Stored under the property name <c>Head</c>.</summary>
    [JsonPropertyName("Head")]
    public required PostMetadata Metadata { get; init; }

    /// <summary>The excerpt and reading time of its text.</summary>
    public required PostDigest Digest { get; init; }

    /// <summary>
    /// The time of publication, past or future: the date in the front matter, else the time of the upload, kept once
    /// the post is public.
    /// </summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>
    /// The time of the last change: that of the front matter, else of the last upload with different bytes.
    /// </summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>The post's current path.</summary>
    public required SitePath Path { get; init; }

    /// <summary>
    /// The aliases of the front matter, without those that another post holds. Each redirects to the post.
    /// </summary>
    public IReadOnlyList<SitePath> Aliases { get; init; } = [];

    /// <summary>
    /// Paths at which the post was public before, newest first, at most 50. Each redirects to the post until another
    /// post takes it.
    /// </summary>
    public IReadOnlyList<SitePath> FormerPaths { get; init; } = [];

    /// <summary>
    /// Whether readers see a note that the post is outdated, as of the last call of <see cref="WithStateAt"/>.
    /// </summary>
    public bool IsOutdated { get; init; }

    /// <summary>The time at which comments close; null when they never close or the post takes none.</summary>
    public DateTimeOffset? CommentsUntil { get; init; }

    /// <summary>
    /// Whether <see cref="CommentsUntil"/> has passed, as of the last call of <see cref="WithStateAt"/>. Stored under
    /// the property name <c>IsTalkedOut</c>.
    /// </summary>
    [JsonPropertyName("IsTalkedOut")]
    public bool AreCommentsClosed { get; init; }

    /// <summary>
    /// Whether a row leads from the hash of the file's bytes to the post; false in rows of versions without such rows.
    /// </summary>
    public bool IsFoundByText { get; init; }

    /// <summary>
    /// Whether the list of its author's posts has it once it is public. False for a post that version 1.0.0 stored and
    /// that was not uploaded since.
    /// </summary>
    public bool IsListedByAuthor { get; init; }

    /// <summary>
    /// Whether the lists by status have it (<see cref="Storage.PostStatusLists"/>). False for a post that version 1.0.0
    /// stored and that was not written since.
    /// </summary>
    public bool IsInStatusLists { get; init; }

    /// <summary>The number of notes in the report on the accepted file; 0 when nobody has counted them yet.</summary>
    public int Warnings { get; init; }

    /// <summary>
    /// The next time at which <see cref="WithStateAt"/> gives another result: publication, expiry, the outdated note or
    /// the end of comments. Null when there is none.
    /// </summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>
    /// The <see cref="Due"/> for which a queue message was sent before the row was written; null when there is none,
    /// and in rows of earlier versions.
    /// </summary>
    public DateTimeOffset? DueMessageFor { get; init; }

    /// <summary>Whether the post is or was public.</summary>
    [JsonIgnore]
    public bool WasPublic => State is PostState.Published or PostState.Withdrawn;

    /// <summary>
    /// The age of a post up to which people are told of it: 2 days. Old posts that are imported or published again are
    /// not new.
    /// </summary>
    public static readonly TimeSpan NewFor = TimeSpan.FromDays(2);

    /// <summary>
    /// Whether people are to be told of it: it is public, no page, and younger than <see cref="NewFor"/>.
    /// </summary>
    public bool IsNewAt(DateTimeOffset now) =>
        this is { State: PostState.Published, Metadata.IsPage: false } && now - Date < NewFor;

    /// <summary>Whether the post is not public yet and becomes so at its date.</summary>
    [JsonIgnore]
    public bool IsWaiting => State != PostState.Published && Due is not null;

    /// <summary>
    /// Whether the post reserves its addresses: no other post can take an address of a post that is public or
    /// scheduled.
    /// </summary>
    [JsonIgnore]
    public bool HoldsAddress => State == PostState.Published || IsWaiting;

    /// <summary>What an author sees as the state of the post, as of the last call of <see
    /// cref="WithStateAt"/>.</summary>
    [JsonIgnore]
    public PostStatus Status =>
        SourceVersion.Length == 0 ? PostStatus.Deleted
        : State == PostState.Published ? PostStatus.Published
        : Metadata.Draft ? PostStatus.Draft
        : IsWaiting ? PostStatus.Scheduled
        : PostStatus.Expired;

    /// <summary>Whether new comments are accepted: the front matter allows them and they have not closed.</summary>
    [JsonIgnore]
    public bool TakesComments => Metadata.Comments && !AreCommentsClosed;

    /// <summary>The current path, then the aliases.</summary>
    [JsonIgnore]
    public IEnumerable<SitePath> HeldPaths => Aliases.Prepend(Path);

    /// <summary>
    /// Returns a copy with <see cref="State"/>, <see cref="IsOutdated"/>, <see cref="AreCommentsClosed"/> and
    /// <see cref="Due"/> as of this time. No other code derives the state from dates.
    /// </summary>
    public Post WithStateAt(DateTimeOffset now)
    {
        var isPublishable = SourceVersion.Length > 0 && !Metadata.Draft && !(Metadata.Expires <= now);
        return this with
        {
            State =
                isPublishable && Date <= now ? PostState.Published
                : WasPublic ? PostState.Withdrawn
                : isPublishable ? PostState.Scheduled
                : PostState.Draft,
            IsOutdated = Metadata.Outdated <= now,
            AreCommentsClosed = CommentsUntil <= now,
            Due = isPublishable
                ? new[] { Date, Metadata.Expires, Metadata.Outdated, CommentsUntil }.Where(time => time > now).Min()
                : null,
        };
    }
}

/// <summary>Whether readers see a post. Stored by name.</summary>
public enum PostState
{
    /// <summary>Never public and not scheduled: marked as a draft, or deleted or expired before its date.</summary>
    Draft,

    /// <summary>Never public; becomes so at its date.</summary>
    Scheduled,

    /// <summary>Public.</summary>
    Published,

    /// <summary>
    /// Was public; now deleted, expired, a draft again, or given a future date. Its addresses return 410 Gone.
    /// </summary>
    Withdrawn,
}

/// <summary>The picture under a post's title: the front matter's <c>image</c> fields.</summary>
/// <param name="Address">An http(s) URL, a path on this blog, or a name relative to the Markdown file.</param>
/// <param name="Alt">The alternative text; empty for a decorative picture.</param>
/// <param name="CreditText">The name of the picture's creator; null when none is given.</param>
/// <param name="CreditAddress">An http(s) URL for the credit; null when none is given.</param>
public sealed record PostPicture(string Address, string Alt, string? CreditText, string? CreditAddress)
{
    /// <summary>The text under the picture, before the credit; null for none.</summary>
    public string? Caption { get; init; }
}
