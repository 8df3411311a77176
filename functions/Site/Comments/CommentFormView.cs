using ServerlessBlog.Comments;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Site.Comments;

/// <summary>View of the comment form: values, error messages and preview.</summary>
/// <param name="Name">Name as typed; empty at first.</param>
/// <param name="Email">E-mail address as typed; empty at first.</param>
/// <param name="Website">Website as typed; empty at first.</param>
/// <param name="Text">Comment as typed; empty at first.</param>
/// <param name="ReplyTo">Number of the comment replied to, as typed; empty for none.</param>
/// <param name="Token">Form token that the script of the page fetched; empty for none.</param>
/// <param name="Problems">
/// Error messages by field name: name, email, website, comment; <c>form</c> for the whole form.
/// </param>
/// <param name="PreviewHtml">
/// Sanitised HTML of the preview, written without encoding. Null without a preview.
/// </param>
public sealed record CommentFormView(
    string Name,
    string Email,
    string Website,
    string Text,
    string ReplyTo,
    string Token,
    IReadOnlyDictionary<string, TextReference> Problems,
    string? PreviewHtml = null
)
{
    /// <summary>Beginning of the comment that this one replies to; null when it begins a thread.</summary>
    public QuoteView? Quote { get; init; }

    /// <summary>Name of the hidden field (honeypot): only robots fill it in.</summary>
    public const string Trap = "subject";

    /// <summary>Name of the checkbox for replies by mail.</summary>
    public const string Replies = "replies";

    /// <summary>Whether the writer wants replies by mail.</summary>
    public bool WantsReplies { get; init; }

    /// <summary>The empty form.</summary>
    public static CommentFormView Empty { get; } = new("", "", "", "", "", "", new Dictionary<string, TextReference>());

    /// <summary>The form with the values that were sent, without error messages.</summary>
    public static CommentFormView From(CommentForm submitted) =>
        new(
            submitted.Name,
            submitted.Email,
            submitted.Website,
            submitted.Text,
            submitted.ReplyTo,
            submitted.Token,
            new Dictionary<string, TextReference>()
        )
        {
            WantsReplies = submitted.WantsReplies,
        };
}

/// <summary>View of the beginning of the comment that somebody replies to.</summary>
/// <param name="Author">Name of its writer.</param>
/// <param name="Excerpt">Beginning of its text, plain text.</param>
public sealed record QuoteView(string Author, string Excerpt);
