using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Mail;

/// <summary>View of the page about the mail that the blog sends.</summary>
public sealed record MailView
{
    /// <summary>Layout data that every page shows.</summary>
    public required SiteLayout Site { get; init; }

    /// <summary>Sentences about what was just done; empty for nothing.</summary>
    public IReadOnlyList<string> Confirmation { get; init; } = [];

    /// <summary>Why the last import was refused, in a sentence; null for none.</summary>
    public string? Problem { get; init; }

    /// <summary>Mailings, newest first.</summary>
    public required IReadOnlyList<MailingView> Mailings { get; init; }

    /// <summary>Mails and messages that wait to be tried again or have failed.</summary>
    public required IReadOnlyList<UnsentView> Unsent { get; init; }

    /// <summary>Recipients of this page.</summary>
    public required IReadOnlyList<RecipientView> Recipients { get; init; }

    /// <summary>Address of the next page; null on the last.</summary>
    public required string? NextAddress { get; init; }
}

/// <summary>A mailing in the list.</summary>
/// <param name="Title">Title of its post, or its week.</param>
/// <param name="Date">When it was added, in the blog's time zone.</param>
/// <param name="State">State, in a sentence with the numbers.</param>
/// <param name="Problem">Why it cannot go on; null for nothing.</param>
public sealed record MailingView(string Title, DateTimeOffset Date, string State, string? Problem);

/// <summary>A notification that was not sent.</summary>
/// <param name="Subject">Its subject, or the type of a webhook's message.</param>
/// <param name="To">Whom it is for.</param>
/// <param name="Date">When it was written, in the blog's time zone.</param>
/// <param name="State">State, in a sentence.</param>
/// <param name="Problem">Why the last attempt failed; null when none has.</param>
public sealed record UnsentView(string Subject, string To, DateTimeOffset Date, string State, string? Problem);

/// <summary>A recipient in the list.</summary>
/// <param name="Mail">Mail address.</param>
/// <param name="Date">When the address was entered, in the blog's time zone.</param>
/// <param name="Badges">State, in words.</param>
public sealed record RecipientView(string Mail, DateTimeOffset Date, IReadOnlyList<string> Badges);
