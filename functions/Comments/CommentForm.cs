using System.Net;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Comments;

/// <summary>
/// The fields of the comment form as submitted, before validation. All other fields of the request are ignored.
/// </summary>
/// <param name="Name">The writer's name, as typed.</param>
/// <param name="Email">The writer's e-mail address, as typed.</param>
/// <param name="Website">The address of the writer's website, as typed; may be empty.</param>
/// <param name="Text">The comment's Markdown text, as typed.</param>
public sealed partial record CommentForm(string Name, string Email, string Website, string Text)
{
    /// <summary>The number of the comment that this one replies to, as typed; empty when it is no reply.</summary>
    public string ReplyTo { get; init; } = "";

    /// <summary>The form token, see <see cref="FormTokens"/>; empty when the form came without one.</summary>
    public string Token { get; init; } = "";

    /// <summary>
    /// The content of the honeypot field, which is hidden from people; empty unless a robot filled it in.
    /// </summary>
    public string Honeypot { get; init; } = "";

    /// <summary>Whether the writer wants to be told of replies by mail.</summary>
    public bool WantsReplies { get; init; }

    /// <summary>Maximum length of a name, in characters.</summary>
    public const int MaxName = 80;

    /// <summary>Maximum length of an e-mail address, in characters (RFC 5321, 4.5.3.1.3).</summary>
    public const int MaxEmail = 254;

    /// <summary>Maximum length of a website's address, in characters.</summary>
    public const int MaxWebsite = 200;

    /// <summary>Maximum length of a comment's text, in characters.</summary>
    public const int MaxText = 4000;

    /// <summary>
    /// The form with line breaks as \n in the text and as spaces elsewhere, without control characters and controls of
    /// the direction, trimmed, and without the # before the number of the comment replied to. The text keeps the
    /// indentation of its first line.
    /// </summary>
    public CommentForm Normalized =>
        this with
        {
            Name = NormalizeLine(Name),
            Email = NormalizeLine(Email),
            Website = NormalizeLine(Website),
            ReplyTo = NormalizeLine(ReplyTo).TrimStart('#'),
            Text = TrimBlankLines(RemoveControls(Text)),
        };

    /// <summary>Normalizes and validates all fields. Returns false when any is invalid.</summary>
    /// <param name="accepted">
    /// The normalized form with a complete website address; null when a field is invalid.
    /// </param>
    /// <param name="problems">
    /// One message for each invalid field, by the field's name in the form: name, email, website, comment; empty when
    /// all are valid.
    /// </param>
    public bool TryValidate(
        [NotNullWhen(true)] out CommentForm? accepted,
        out IReadOnlyDictionary<string, TextReference> problems
    )
    {
        var normalized = Normalized;
        var website = ParseWebAddress(normalized.Website);
        var found = normalized.FindProblems(website);
        ReportNul(found);
        problems = found;
        accepted = found.Count == 0 ? normalized with { Website = website ?? "" } : null;
        return accepted is not null;
    }

    /// <summary>Adds a message for each field with a NUL, which normalizing would take out in silence.</summary>
    private void ReportNul(Dictionary<string, TextReference> found)
    {
        (string Field, string Text)[] fields =
        [
            ("name", Name),
            ("email", Email),
            ("website", Website),
            ("comment", Text),
        ];
        foreach (var (field, _) in fields.Where(field => field.Text.Contains('\0')))
        {
            found[field] = new TextReference("wrong.nul");
        }
    }

    /// <summary>
    /// Validates the fields of a normalized form. <paramref name="website"/> is null when it is none.
    /// </summary>
    private Dictionary<string, TextReference> FindProblems(string? website)
    {
        var found = new Dictionary<string, TextReference>();
        CheckLength("name", Name, MaxName, "wrong.name");
        CheckLength("email", Email, MaxEmail, "wrong.email");
        CheckLength("website", Website, MaxWebsite, messageWhenEmpty: null);
        CheckLength("comment", Text, MaxText, "wrong.comment");
        if (!found.ContainsKey("email") && !IsEmail(Email))
        {
            found["email"] = new TextReference("wrong.email-form");
        }

        if (!found.ContainsKey("website") && Website.Length > 0 && website is null)
        {
            found["website"] = new TextReference("wrong.website");
        }

        if (!found.ContainsKey("comment") && FindTextProblem(new(Text, CommentFormat.Markdown)) is { } problem)
        {
            found["comment"] = problem;
        }

        return found;

        void CheckLength(string field, string text, int maxLength, string? messageWhenEmpty)
        {
            if (messageWhenEmpty is not null && !HasVisibleText(text))
            {
                found[field] = new TextReference(messageWhenEmpty);
            }
            else if (text.Length > maxLength)
            {
                found[field] = new TextReference(
                    "wrong.long",
                    ("count", Format(text.Length)),
                    ("most", Format(maxLength))
                );
            }
        }
    }

    /// <summary>
    /// Validates name, e-mail address and website. Returns the first problem with the field's name, or null, and then
    /// the complete website address, which is empty when there is none.
    /// </summary>
    public (string Field, TextReference Problem)? TryValidateWriter(out string website)
    {
        var isValid = (this with { Text = "x" }).TryValidate(out var accepted, out var problems);
        website = accepted?.Website ?? "";
        return isValid ? null : (problems.First().Key, problems.First().Value);
    }

    /// <summary>
    /// Returns the message about a text that is empty, that Markdown nests too deeply, or that is rendered without any
    /// visible character, such as a link definition or an empty list item; null when there is no problem.
    /// </summary>
    public static TextReference? FindTextProblem(CommentBody body)
    {
        if (!HasVisibleText(body.Text))
        {
            return new TextReference("wrong.comment");
        }

        try
        {
            var seen = WebUtility.HtmlDecode(Tags().Replace(body.ToHtml(), ""));
            return HasVisibleText(seen) ? null : new TextReference("wrong.comment-unseen");
        }
        catch (ArgumentException)
        {
            return new TextReference("wrong.comment-nested");
        }
    }

    private static string Format(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    /// <summary>Whether a text looks like a mail address of at most <see cref="MaxEmail"/> characters.</summary>
    public static bool IsAddress(string text) => text.Length <= MaxEmail && IsEmail(text) && !text.Any(char.IsControl);

    private static bool IsEmail(string text) =>
        text.IndexOf('@', StringComparison.Ordinal) is var at and > 0
        && at == text.LastIndexOf('@')
        && at < text.Length - 1
        && !text.Any(character =>
            char.IsWhiteSpace(character) || character is '<' or '>' or '"' or ',' or ';' or ':' or '\\'
        );

    /// <summary>
    /// Parses an http or https address with a dot in its host and without user information; https is assumed when there
    /// is no scheme. Returns null for anything else.
    /// </summary>
    private static string? ParseWebAddress(string text)
    {
        var withScheme = text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
        return
            Uri.TryCreate(withScheme, UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https"
            && address.UserInfo.Length == 0
            && address.Host.Contains('.', StringComparison.Ordinal)
            && address.AbsoluteUri.Length <= MaxWebsite * 3
            ? address.AbsoluteUri
            : null;
    }

    private static string NormalizeLine(string text) =>
        RemoveZeroWidth(RemoveControls(text.ReplaceLineEndings(" ").Replace('\t', ' '))).Trim();

    private static string TrimBlankLines(string text) => BlankLines().Replace(text, "").TrimEnd('\n', ' ', '\t');

    /// <summary>
    /// Removes control characters, controls that change the direction of other text, and U+FFFD, which stands for an
    /// unpaired surrogate. Nobody types these on purpose.
    /// </summary>
    private static string RemoveControls(string text) =>
        Controls().Replace(string.Concat(text.ReplaceLineEndings("\n").EnumerateRunes()), "");

    /// <summary>Removes spaces without width: a name with one looks like another name.</summary>
    private static string RemoveZeroWidth(string text) => ZeroWidth().Replace(text, "");

    [GeneratedRegex(@"[\p{Cc}\u202A-\u202E\u2066-\u2069\uFFFD\uFFFE\uFFFF-[\n\t]]")]
    private static partial Regex Controls();

    [GeneratedRegex("[\u00AD\u200B\u2060-\u2064\uFEFF]")]
    private static partial Regex ZeroWidth();

    [GeneratedRegex(@"^(?:[ \t]*\n)+")]
    private static partial Regex BlankLines();

    /// <summary>
    /// Whether the text has a visible character. Spaces, joiners, combining marks without a base character and letters
    /// that look like spaces (the Hangul fillers, the blank Braille pattern) are not visible.
    /// </summary>
    private static bool HasVisibleText(string text) =>
        text.EnumerateRunes()
            .Any(rune =>
                rune.Value is not (0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0)
                && (
                    Rune.IsLetterOrDigit(rune) || Rune.IsSymbol(rune) || Rune.IsPunctuation(rune) || Rune.IsNumber(rune)
                )
            );
}
