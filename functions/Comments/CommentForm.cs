using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ServerlessBlog.Notifications;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Comments;

/// <summary>What a stranger typed into the form, before anything is made of it. Only these fields are ever taken.</summary>
/// <param name="Name">As typed.</param>
/// <param name="Email">As typed.</param>
/// <param name="Website">As typed.</param>
/// <param name="Text">As typed.</param>
public sealed partial record CommentForm(string Name, string Email, string Website, string Text)
{
    /// <summary>The number of the comment that it answers; empty for none.</summary>
    public string Answers { get; init; } = "";

    /// <summary>What <see cref="FormTokens"/> gave; empty for none.</summary>
    public string Token { get; init; } = "";

    /// <summary>A field that people do not see, and leave empty.</summary>
    public string Trap { get; init; } = "";

    /// <summary>The most characters of a name.</summary>
    public const int MaxName = 80;

    /// <summary>The most characters of an e-mail address (RFC 5321, 4.5.3.1.3).</summary>
    public const int MaxEmail = 254;

    /// <summary>The most characters of a website's address.</summary>
    public const int MaxWebsite = 200;

    /// <summary>The most characters of a comment.</summary>
    public const int MaxText = 4000;

    /// <summary>The most characters that the form's field takes for the number of the comment that is answered.</summary>
    public const int MaxAnswers = 10;

    /// <summary>The offer with line ends as \n, without what is invisible, and without space around.</summary>
    public CommentForm Normalized =>
        this with
        {
            Name = Line(Name),
            Email = Line(Email),
            Website = Line(Website),
            Answers = Line(Answers).TrimStart('#'),
            Text = Clean(Text).Trim('\n', ' ', '\t'),
        };

    /// <summary>Checks every field. False with what is to be said of each wrong one, by the field's name in the form: name, email, website, comment.</summary>
    public bool TryAccept(
        [NotNullWhen(true)] out CommentForm? accepted,
        out IReadOnlyDictionary<string, TextReference> problems
    )
    {
        var found = new Dictionary<string, TextReference>();
        var submitted = Normalized;
        Check("name", submitted.Name, MaxName, "wrong.name");
        Check("email", submitted.Email, MaxEmail, "wrong.email");
        Check("website", submitted.Website, MaxWebsite, null);
        Check("comment", submitted.Text, MaxText, "wrong.comment");
        if (!found.ContainsKey("email") && !IsEmail(submitted.Email))
        {
            found["email"] = new TextReference("wrong.email-form");
        }

        var website = WebAddress(submitted.Website);
        if (!found.ContainsKey("website") && submitted.Website.Length > 0 && website is null)
        {
            found["website"] = new TextReference("wrong.website");
        }

        if (!found.ContainsKey("comment") && ProblemWith(submitted.Text) is { } problem)
        {
            found["comment"] = new TextReference(problem);
        }

        problems = found;
        accepted = found.Count == 0 ? submitted with { Website = website ?? "" } : null;
        return accepted is not null;

        void Check(string field, string text, int most, string? needed)
        {
            if (needed is not null && !CanBeSeen(text))
            {
                found[field] = new TextReference(needed);
            }
            else if (text.Length > most)
            {
                found[field] = new TextReference("wrong.long", ("count", Number(text.Length)), ("most", Number(most)));
            }
        }
    }

    /// <summary>What Markdown has against the text. Some of it shows nothing: a link's definition, a list without words.</summary>
    private static string? ProblemWith(string text)
    {
        if (!CommentMarkdown.TryToHtml(text, out var html))
        {
            return "wrong.comment-nested";
        }

        return CanBeSeen(WebUtility.HtmlDecode(Tags().Replace(html, ""))) ? null : "wrong.comment-unseen";
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    private static bool IsEmail(string text) =>
        text.IndexOf('@', StringComparison.Ordinal) is var at and > 0
        && at == text.LastIndexOf('@')
        && at < text.Length - 1
        && !text.Any(character =>
            char.IsWhiteSpace(character) || character is '<' or '>' or '"' or ',' or ';' or ':' or '\\'
        );

    /// <summary>An http or https address with a host; the scheme may be left out.</summary>
    private static string? WebAddress(string text)
    {
        var full = text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
        return
            Uri.TryCreate(full, UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https"
            && address.UserInfo.Length == 0
            && address.Host.Contains('.', StringComparison.Ordinal)
            && address.AbsoluteUri.Length <= MaxWebsite * 3
            ? address.AbsoluteUri
            : null;
    }

    private static string Line(string text) => Clean(text.ReplaceLineEndings(" ").Replace('\t', ' ')).Trim();

    /// <summary>Drops what nobody sees, among it the character that stands for a half of another: whoever types a comment meant neither.</summary>
    private static string Clean(string text) =>
        PlainText.Clean(text).Replace(Rune.ReplacementChar.ToString(), "", StringComparison.Ordinal);

    /// <summary>False for text of spaces, joiners, marks without a letter, and letters that look like spaces.</summary>
    private static bool CanBeSeen(string text) =>
        text.EnumerateRunes()
            .Any(rune =>
                rune.Value is not (0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0)
                && (
                    Rune.IsLetterOrDigit(rune) || Rune.IsSymbol(rune) || Rune.IsPunctuation(rune) || Rune.IsNumber(rune)
                )
            );
}
