namespace ServerlessBlog.Comments;

/// <summary>A reader's comment on a post, as it is stored.</summary>
public sealed record Comment
{
    /// <summary>The ids of the post and of the comment; also its address in storage.</summary>
    public required CommentKey Key { get; init; }

    /// <summary>The writer's name, 1 to 80 characters.</summary>
    public required string Author { get; init; }

    /// <summary>The writer's e-mail address. Shown to moderators only.</summary>
    public required string Email { get; init; }

    /// <summary>The writer's website, an http or https address; null when the writer gave none.</summary>
    public string? Website { get; init; }

    /// <summary>
    /// The text as typed, 1 to 4,000 characters, or up to 64,000 when the comment was imported. Empty after erasure.
    /// </summary>
    public required string Text { get; init; }

    /// <summary>The format of <see cref="Text"/>. Markdown in rows written before comments were imported.</summary>
    public CommentFormat Format { get; init; }

    /// <summary>The text with its format.</summary>
    [JsonIgnore]
    public CommentBody Body => new(Text, Format);

    /// <summary>
    /// The Markdown text after the writer's latest revision, while the rules have not judged it yet; null when no
    /// revision is pending. Readers see <see cref="Text"/> until then.
    /// </summary>
    public string? NewText { get; init; }

    /// <summary>
    /// Whether the writer had the comment erased: name, e-mail address, website, text and reasons are empty then.
    /// </summary>
    public bool IsErased { get; init; }

    /// <summary>The comment on the same post that this one replies to; null when it is no reply.</summary>
    [JsonPropertyName("Answers")]
    public CommentId? ReplyTo { get; init; }

    /// <summary>
    /// Seconds between the fetch of the form token (<see cref="FormTokens"/>) and the submission; null when the form
    /// came without a valid token.
    /// </summary>
    public int? WritingSeconds { get; init; }

    /// <summary>
    /// Whether an author of the blog wrote the comment in the admin area. No rule judges such a comment, and pages mark
    /// it as the author's.
    /// </summary>
    public bool IsByAuthor { get; init; }

    /// <summary>Whether the hidden honeypot field of the form was filled in.</summary>
    [JsonPropertyName("IsTrapped")]
    public bool FilledHoneypot { get; init; }

    /// <summary>
    /// Whether the writer wants to be told of replies by mail. False in rows written before there were letters.
    /// </summary>
    public bool WantsReplies { get; init; }

    /// <summary>When the comment was submitted.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The moderation state.</summary>
    public CommentState State { get; init; }

    /// <summary>
    /// When the comment entered its state; null while it waits, and in rows written before there were lists of comments
    /// by state.
    /// </summary>
    public DateTimeOffset? Decided { get; init; }

    /// <summary>
    /// When the text that readers see was last replaced; null when it never was, and in rows written before there were
    /// feeds of comments.
    /// </summary>
    public DateTimeOffset? Edited { get; init; }

    /// <summary>
    /// For an approved comment, when readers last got something new: it was approved, or its text was replaced.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset Updated => new[] { Created, Decided, Edited }.Max()!.Value;

    /// <summary>
    /// For a comment in the trash: true when a moderator put it there, who can restore it; false when its writer
    /// withdrew it.
    /// </summary>
    public bool IsRestorable { get; init; }

    /// <summary>Whether the writer withdrew the comment. A withdrawn comment is never restored.</summary>
    [JsonIgnore]
    public bool IsWithdrawn => State == CommentState.Trash && !IsRestorable;

    /// <summary>
    /// The comment's number among all that have ever been approved for the post, from 1. Assigned when the comment is
    /// first approved and kept; 0 before.
    /// </summary>
    public int Number { get; init; }

    /// <summary>
    /// The comment's position in the conversation, assigned when it is first approved; null before. Rows written before
    /// there were replies hold only a <see cref="Number"/>, which was then also the number of the thread.
    /// </summary>
    [JsonPropertyName("Trail")]
    public ThreadPath? Position
    {
        get => field ?? (Number > 0 ? ThreadPath.ForThread(Number) : null);
        init;
    }

    /// <summary>The reasons for the state, one sentence each.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>
    /// The number of decisions made about the comment so far; also the number of its latest audit entry.
    /// </summary>
    public int Decisions { get; init; }

    /// <summary>The number of times its writer has revised the text.</summary>
    public int Revisions { get; init; }

    /// <summary>
    /// A version number that grows with every decision and every revision. A form carries the version that a moderator
    /// saw, so that a decision is not applied to another text.
    /// </summary>
    [JsonIgnore]
    public int Version => Decisions + Revisions;

    /// <summary>
    /// Whether the text, the pending revision, or the writer's name, e-mail address or website contains
    /// <paramref name="words"/>, ignoring case.
    /// </summary>
    public bool Mentions(string words) =>
        new[] { Text, NewText, Author, Email, Website }.Any(text =>
            text?.Contains(words, StringComparison.OrdinalIgnoreCase) is true
        );
}

/// <summary>The moderation state of a comment.</summary>
public enum CommentState
{
    /// <summary>Not judged by the rules yet. Not shown.</summary>
    Waiting,

    /// <summary>Shown to everybody.</summary>
    Approved,

    /// <summary>Waiting for a moderator's decision. Not shown.</summary>
    Held,

    /// <summary>Spam. Not shown.</summary>
    Spam,

    /// <summary>
    /// Deleted. Not shown. A moderator can restore what a moderator put here, but not what its writer withdrew: see
    /// <see cref="Comment.IsRestorable"/>.
    /// </summary>
    Trash,
}
