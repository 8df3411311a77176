using ServerlessBlog.Comments;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Site.Comments;

/// <summary>The form to leave a comment: what was typed and what was wrong with it.</summary>
/// <param name="Name">The name typed; empty at first.</param>
/// <param name="Email">The e-mail address typed; empty at first.</param>
/// <param name="Website">The website typed; empty at first.</param>
/// <param name="Text">The comment typed; empty at first.</param>
/// <param name="Answers">The number of the comment that is answered, as typed; empty for none.</param>
/// <param name="Token">What the page's script has fetched; empty for none.</param>
/// <param name="Problems">What is to be said of each field by its name: name, email, website, answers, comment; or form for all of it.</param>
/// <param name="PreviewHtml">What the comment would look like, sanitised. Trusted: written as it is. Null when nobody asked.</param>
public sealed record CommentFormView(
    string Name,
    string Email,
    string Website,
    string Text,
    string Answers,
    string Token,
    IReadOnlyDictionary<string, TextReference> Problems,
    string? PreviewHtml = null
)
{
    /// <summary>The name of the field that people do not see.</summary>
    public const string Trap = "subject";

    /// <summary>The form as a reader first meets it.</summary>
    public static CommentFormView Empty { get; } = new("", "", "", "", "", "", new Dictionary<string, TextReference>());

    /// <summary>The form as it was sent.</summary>
    public static CommentFormView From(CommentForm submitted) =>
        new(
            submitted.Name,
            submitted.Email,
            submitted.Website,
            submitted.Text,
            submitted.Answers,
            submitted.Token,
            new Dictionary<string, TextReference>()
        );
}
