using ServerlessBlog.Comments;

namespace ServerlessBlog.Privacy;

/// <summary>All that is kept about a mail address, as it is exported.</summary>
/// <param name="Mail">The mail address.</param>
/// <param name="Comments">The comments that were sent with it.</param>
/// <param name="Subscription">What mail is sent there; null for none.</param>
/// <param name="Mails">The mails to it that are kept.</param>
public sealed record PersonalData(
    string Mail,
    IReadOnlyList<PersonalComment> Comments,
    PersonalSubscription? Subscription,
    IReadOnlyList<PersonalMail> Mails
);

/// <summary>A comment in an export.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Author">The name.</param>
/// <param name="Website">The website; null for none.</param>
/// <param name="Text">The text, as Markdown.</param>
/// <param name="Created">When it was sent.</param>
/// <param name="State">Its state.</param>
public sealed record PersonalComment(
    string Id,
    string Author,
    string? Website,
    string Text,
    DateTimeOffset Created,
    string State
)
{
    internal static PersonalComment From(Comment comment) =>
        new(
            comment.Key.ToString(),
            comment.Author,
            comment.Website,
            comment.NewText ?? comment.Text,
            comment.Created,
            comment.State.ToString()
        );
}

/// <summary>A subscription in an export.</summary>
/// <param name="Entered">When the address was entered.</param>
/// <param name="Confirmed">When it was confirmed; null for never.</param>
/// <param name="Imported">Whether it was taken over from another list, where it was confirmed.</param>
/// <param name="NewPosts">Whether new posts are sent.</param>
/// <param name="Tags">The tags of which new posts are sent; empty for all.</param>
public sealed record PersonalSubscription(
    DateTimeOffset Entered,
    DateTimeOffset? Confirmed,
    bool Imported,
    bool NewPosts,
    IReadOnlyList<string> Tags
);

/// <summary>A mail in an export.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Created">When it was written.</param>
public sealed record PersonalMail(string Subject, DateTimeOffset Created);
