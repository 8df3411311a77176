using ServerlessBlog.Comments;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Site.Comments;

/// <summary>View of a page of the public comments of a post.</summary>
public sealed record ConversationView
{
    /// <summary>Threads of this page, in the order of their approval, or the latest first.</summary>
    public required IReadOnlyList<CommentView> Threads { get; init; }

    /// <summary>Number of public comments on all pages.</summary>
    public required int Total { get; init; }

    /// <summary>Page number, from 1.</summary>
    public required int Page { get; init; }

    /// <summary>Number of pages, at least 1.</summary>
    public required int Pages { get; init; }

    /// <summary>Range of threads on this page; null when there is one page.</summary>
    public required ThreadRange? Range { get; init; }

    /// <summary>Path of this page, to which links to reply add a query.</summary>
    public required string Address { get; init; }

    /// <summary>Address of the page with earlier comments; null when there is none.</summary>
    public required string? EarlierAddress { get; init; }

    /// <summary>Address of the page with later comments; null when there is none.</summary>
    public required string? LaterAddress { get; init; }

    /// <summary>True when the latest threads come first.</summary>
    public bool IsNewestFirst { get; init; }

    /// <summary>Address of the first page in the other order; null when the post has few threads.</summary>
    public string? OtherOrderAddress { get; init; }

    /// <summary>True when readers can reply to comments: the maximum depth is more than 1.</summary>
    public required bool HasReplies { get; init; }

    /// <summary>
    /// True when the rules hold the first comment of a writer, and not every comment, until a moderator approves it.
    /// </summary>
    public required bool HoldsFirstComments { get; init; }

    /// <summary>True when the rules hold every comment until a moderator approves it.</summary>
    public required bool HoldsAllComments { get; init; }

    /// <summary>True when the form offers replies by mail.</summary>
    public required bool SendsReplies { get; init; }
}

/// <summary>Range of the threads on a page of comments.</summary>
/// <param name="First">Number of the first thread, from 1.</param>
/// <param name="Last">Number of the last thread.</param>
/// <param name="All">Number of threads on all pages.</param>
public sealed record ThreadRange(int First, int Last, int All);

/// <summary>The visitor's own comment, for the page that they see after sending it.</summary>
/// <param name="Comment">The comment as it is now.</param>
/// <param name="LooksAgain">True when the browser loads the page once more by itself, in a few seconds.</param>
public sealed record Receipt(Comment Comment, bool LooksAgain = false);

/// <summary>View of the visitor's own comment after sending it. Other readers do not see it.</summary>
/// <param name="Sentence">What has become of it, in one sentence.</param>
/// <param name="IsAccepted">
/// True when nothing is left for its writer to do: it is shown, or waits for a moderator.
/// </param>
/// <param name="CommentAddress">Link to the comment on the same page; null when it is not shown.</param>
/// <param name="BodyHtml">
/// Sanitised HTML of the text, written without encoding. Null when the comment is on the page anyway.
/// </param>
/// <param name="Author">Name of the writer.</param>
/// <param name="Date">Time of writing, in the blog's time zone.</param>
/// <param name="OwnAddress">Address of the page where its writer can change, withdraw and erase it.</param>
/// <param name="LooksAgain">
/// True when the browser loads the page again in a few seconds: without a form then, so that nothing typed is lost.
/// </param>
public sealed record ReceiptView(
    string Sentence,
    bool IsAccepted,
    string? CommentAddress,
    string? BodyHtml,
    string Author,
    DateTimeOffset Date,
    string OwnAddress,
    bool LooksAgain
);

/// <summary>View of comments on one level of a thread, each with its replies.</summary>
/// <param name="Comments">Comments in display order.</param>
/// <param name="Text">Interface texts of the blog.</param>
/// <param name="ReplyAddress">
/// Path of the page on which readers reply, without the query; null when comments take no replies.
/// </param>
public sealed record ThreadsView(IReadOnlyList<CommentView> Comments, SiteTexts Text, string? ReplyAddress);

/// <summary>View of a public comment, or of the placeholder of a removed comment that has replies.</summary>
public sealed record CommentView
{
    /// <summary>Number within the post, from 1; comments that are not public leave gaps.</summary>
    public required int Number { get; init; }

    /// <summary>The comment as every form of it has it; null for a placeholder.</summary>
    public PublicComment? Comment { get; init; }

    /// <summary>Avatar of the writer; null for a placeholder.</summary>
    public AvatarView? Avatar { get; init; }

    /// <summary>Time of writing, in the blog's time zone.</summary>
    public DateTimeOffset Date { get; init; }

    /// <summary>
    /// True when the page names the comment that it replies to: the thread does not show it, because the maximum depth
    /// is reached.
    /// </summary>
    public bool NamesParent { get; init; }

    /// <summary>Replies, nested below this comment.</summary>
    public required IReadOnlyList<CommentView> Replies { get; init; }

    /// <summary>This comment and those below it that are shown, in reading order.</summary>
    public IEnumerable<PublicComment> WithReplies() =>
        (Comment is null ? [] : new[] { Comment }).Concat(Replies.SelectMany(reply => reply.WithReplies()));
}
