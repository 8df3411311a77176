namespace ServerlessBlog.Webhooks;

/// <summary>The body of a webhook's message, as the Standard Webhooks specification proposes it.</summary>
/// <param name="Type">What happened: one of <see cref="WebhookEventTypes"/>.</param>
/// <param name="Timestamp">When it happened.</param>
/// <param name="Data">What it is about. It holds no mail address.</param>
internal sealed record WebhookEvent<TData>(string Type, DateTimeOffset Timestamp, TData Data);

/// <summary>The types of events.</summary>
internal static class WebhookEventTypes
{
    /// <summary>A comment waits for a moderator.</summary>
    public const string CommentHeld = "comment.held";

    /// <summary>A comment is public.</summary>
    public const string CommentApproved = "comment.approved";

    /// <summary>A new post is public.</summary>
    public const string PostPublished = "post.published";

    /// <summary>An uploaded post was refused.</summary>
    public const string PostRefused = "post.refused";

    /// <summary>Something failed that only a person can mend.</summary>
    public const string Failure = "failure";
}

/// <summary>A comment in a message.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Author">The name of its writer.</param>
/// <param name="Website">Their website; null for none.</param>
/// <param name="Text">The text, as Markdown.</param>
/// <param name="IsTruncated">Whether the text is cut, since it takes too much space as JSON.</param>
/// <param name="Reasons">Why it was approved or held.</param>
/// <param name="Created">When it was written.</param>
/// <param name="Post">Its post.</param>
/// <param name="Address">Where it is read: on the post's page, or in the admin area when it is held.</param>
internal sealed record CommentData(
    string Id,
    string Author,
    string? Website,
    string Text,
    bool IsTruncated,
    IReadOnlyList<string> Reasons,
    DateTimeOffset Created,
    PostData Post,
    string Address
);

/// <summary>A post in a message.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Address">Its address.</param>
/// <param name="Summary">Its summary; null for none.</param>
/// <param name="Tags">Its tags; null in a message about a comment.</param>
internal sealed record PostData(
    string Id,
    string Title,
    string Address,
    string? Summary = null,
    IReadOnlyList<string>? Tags = null
);

/// <summary>A refused upload in a message.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Report">The lines of the report.</param>
/// <param name="Address">The page of failures in the admin area.</param>
internal sealed record RefusalData(string File, IReadOnlyList<string> Report, string Address);

/// <summary>A failure in a message.</summary>
/// <param name="Problem">What failed, in a sentence.</param>
/// <param name="Address">The page of failures in the admin area.</param>
internal sealed record FailureData(string Problem, string Address);
