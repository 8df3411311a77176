using ServerlessBlog.Comments;
using ServerlessBlog.Export;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Import;

/// <summary>Reads the comments of a <c>comments.jsonl</c>, which may be written by other programs.</summary>
internal static class CommentReader
{
    /// <summary>
    /// The maximum length of a line, in characters: room for the longest text with every character escaped.
    /// </summary>
    public const int MaxLine = 512 * 1024;

    private const string Placeholder = "nobody@example.com";

    /// <summary>The maximum length of an imported text, in characters: 64,000.</summary>
    public const int MaxText = 64_000;

    /// <summary>The maximum number of characters of a file: 50 million, which memory holds.</summary>
    private const long MaxCharacters = 50_000_000;

    private const int MaxReasons = 20;
    private const int MaxReason = 1_000;

    /// <summary>Parses the lines of a file; empty ones are skipped.</summary>
    /// <param name="file">The text of the file, in JSON Lines.</param>
    /// <param name="findPost">Finds the post of a comment; null when there is none.</param>
    public static IEnumerable<ReadComment> ReadLines(TextReader file, Func<ExportedComment, PostId?> findPost) =>
        ReadExported(file)
            .Select(line =>
                line.Comment is not { } read ? new ReadComment(line.Place, line.Problem)
                : findPost(read) is { } post ? Create(line.Place, read, post)
                : new ReadComment(line.Place, $"there is no post {read.File ?? read.Post}: upload it first")
            );

    /// <summary>Parses the lines of a file; empty ones are skipped. A line has a comment, or a problem.</summary>
    public static IEnumerable<(string Place, ExportedComment? Comment, string? Problem)> ReadExported(TextReader file)
    {
        var characters = 0L;
        foreach (var (index, line) in BoundedLines.Read(file, MaxLine).Index())
        {
            characters += line.Length;
            var place = $"line {index + 1}";
            if (characters > MaxCharacters)
            {
                yield return (
                    place,
                    null,
                    $"the file has more than {MaxCharacters:N0} characters: split it here, all comments of a post "
                        + "in one"
                );
                yield break;
            }

            if (line.Length > 0)
            {
                var (comment, problem) = Parse(line);
                yield return (place, comment, problem);
            }
        }
    }

    private static (ExportedComment? Comment, string? Problem) Parse(string line)
    {
        if (line.Length > MaxLine)
        {
            return (null, $"it has more than {MaxLine:N0} characters");
        }

        try
        {
            return JsonSerializer.Deserialize(line, ExportJson.Readable.ExportedComment) is { } read
                ? (read, null)
                : (null, "it is no object");
        }
        catch (JsonException problem)
        {
            return (null, $"it is no JSON of a comment ({problem.Path ?? "at its beginning"})");
        }
    }

    /// <summary>Creates a comment from its fields, or says why it is left out.</summary>
    /// <param name="place">Where it comes from, for the report.</param>
    /// <param name="read">The fields.</param>
    /// <param name="post">Its post.</param>
    public static ReadComment Create(string place, ExportedComment read, PostId post)
    {
        var isErased = read.Erased == true;
        var form = new CommentForm(read.Author ?? "", read.Email ?? Placeholder, read.Website ?? "", read.Text ?? "");
        if (FindProblem(read, form) is { } problem)
        {
            return new ReadComment(place, problem);
        }

        var state = StateOf(read)!.Value;
        var isHtml = read.Format == "html";
        var normalized = form.Normalized;
        form.TryValidateWriter(out var website);
        return new ReadComment(place, Problem: null)
        {
            Comment = new Comment
            {
                Key = new CommentKey(post, IdOf(post, read.Id!)),
                Author = isErased ? "" : normalized.Name,
                Email = isErased || read.Email is null ? "" : normalized.Email,
                Website = isErased || website is not { Length: > 0 } ? null : website,
                Text = isErased ? "" : normalized.Text,
                Format = isHtml ? CommentFormat.Html : CommentFormat.Markdown,
                IsErased = isErased,
                IsByAuthor = read.ByAuthor == true,
                ReplyTo = read.Parent is { Length: > 0 } parent ? IdOf(post, parent) : null,
                Created = read.Created,
                Edited = read.Edited,
                State = state,
                Decided = read.Decided ?? read.Created,
                Reasons = read.Reasons ?? [],
                IsRestorable = state == CommentState.Trash && !isErased,
                Decisions = 1,
            },
            Order = read.Number ?? int.MaxValue,
            Notes =
                isHtml && CommentHtml.FindIneffectiveTags(normalized.Text) is { Count: > 0 } tags
                    ? [$"tags without effect or shown as typed: {string.Join(", ", tags.Take(MaxReasons))}"]
                    : [],
        };
    }

    private static string? FindProblem(ExportedComment read, CommentForm form) =>
        string.IsNullOrEmpty(read.Id) ? "it has no id"
        : read.Created == default ? "it has no time (created)"
        : read.Format is not (null or "markdown" or "html") ? $"its format is '{read.Format}': write markdown or html"
        : StateOf(read) is null ? $"its state is '{read.State}': write approved, held, spam or trash"
        : read.Reasons is { } reasons && (reasons.Count > MaxReasons || reasons.Any(one => one.Length > MaxReason))
            ? $"its reasons are more than {MaxReasons}, or longer than {MaxReason:N0} characters"
        : read.Erased == true ? null
        : form.TryValidateWriter(out _) is { } wrong ? $"{wrong.Field}: {SiteTexts.BuiltIn.Format(wrong.Problem)}"
        : FindTextProblem(form.Normalized.Text, read.Format == "html");

    private static string? FindTextProblem(string text, bool isHtml) =>
        text.Length > MaxText ? $"its text has {text.Length:N0} characters: {MaxText:N0} at most"
        : isHtml && CommentHtml.IsTooDeep(text) ? "comment: its elements are nested too deeply"
        : !isHtml && text.Length > CommentForm.MaxText && MarkdownLimits.FindProblem(text, 1) is { } slow
            ? $"comment: {slow}"
        : CommentForm.FindTextProblem(new CommentBody(text, isHtml ? CommentFormat.Html : CommentFormat.Markdown))
            is { } problem
            ? $"comment: {SiteTexts.BuiltIn.Format(problem)}"
        : null;

    /// <summary>
    /// The id of a comment: its own when it comes from such a blog, else a hash of it and the post, so that comments
    /// which are alike stay two.
    /// </summary>
    private static CommentId IdOf(PostId post, string id) =>
        CommentId.TryParse(id, out var own) || CommentId.TryParse(ShortHash.Hash($"import\0{post}\0{id}"), out own)
            ? own
            : throw new InvalidOperationException("A hash is an id.");

    /// <summary>What still waits has nobody to judge it here: it is held.</summary>
    private static CommentState? StateOf(ExportedComment read) =>
        read.State switch
        {
            null or "approved" => CommentState.Approved,
            "held" or "waiting" => CommentState.Held,
            "spam" => CommentState.Spam,
            "trash" => CommentState.Trash,
            _ => null,
        };
}
