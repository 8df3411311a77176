using ServerlessBlog.Comments;
using ServerlessBlog.Export;
using ServerlessBlog.Posts;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Import;

/// <summary>Reads the comments of a <c>comments.jsonl</c>, which may be written by other programs.</summary>
internal static class CommentReader
{
    /// <summary>The maximum length of a line, in characters: a comment has far fewer.</summary>
    public const int MaxLine = 256 * 1024;

    private const string Placeholder = "nobody@example.com";

    /// <summary>Parses a line.</summary>
    /// <param name="number">The number of the line, from 1.</param>
    /// <param name="line">The line.</param>
    /// <param name="findPost">Finds the post of a file name; null when there is none.</param>
    public static ReadLine Read(int number, string line, Func<ExportedComment, PostId?> findPost)
    {
        if (line.Length > MaxLine)
        {
            return ReadLine.Refuse(number, $"it has more than {MaxLine:N0} characters");
        }

        try
        {
            var read = JsonSerializer.Deserialize(line, ExportJson.Readable.ExportedComment);
            return read is null ? ReadLine.Refuse(number, "it is no object") : Create(number, read, findPost);
        }
        catch (JsonException problem)
        {
            return ReadLine.Refuse(number, $"it is no JSON of a comment ({problem.Path ?? "at its beginning"})");
        }
    }

    private static ReadLine Create(int number, ExportedComment read, Func<ExportedComment, PostId?> findPost)
    {
        if (string.IsNullOrEmpty(read.Id))
        {
            return ReadLine.Refuse(number, "it has no id");
        }

        if (read.Created == default)
        {
            return ReadLine.Refuse(number, "it has no time (created)");
        }

        if (read.Format is not (null or "markdown"))
        {
            return ReadLine.Refuse(number, $"its format is '{read.Format}': only markdown can be imported");
        }

        if (StateOf(read) is not { } state)
        {
            return ReadLine.Refuse(number, $"its state is '{read.State}': write approved, held, spam or trash");
        }

        if (findPost(read) is not { } post)
        {
            return ReadLine.Refuse(number, $"there is no post {read.File ?? read.Post}: upload it first");
        }

        var form = new CommentForm(read.Author ?? "", read.Email ?? Placeholder, read.Website ?? "", read.Text ?? "");
        var isErased = read.Erased == true;
        if (!form.TryValidate(out var accepted, out var problems) && !isErased)
        {
            var (field, problem) = problems.First();
            return ReadLine.Refuse(number, $"{field}: {SiteTexts.BuiltIn.Format(problem)}");
        }

        return new ReadLine(number, Problem: null)
        {
            Comment = new Comment
            {
                Key = new CommentKey(post, IdOf(post, read.Id)),
                Author = isErased ? "" : accepted!.Name,
                Email = isErased || read.Email is null ? "" : accepted!.Email,
                Website = isErased || accepted!.Website.Length == 0 ? null : accepted.Website,
                Text = isErased ? "" : accepted!.Text,
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
        };
    }

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

/// <summary>A line of a file of comments.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Problem">Why it is left out; null when it has a comment.</param>
internal sealed record ReadLine(int Number, string? Problem)
{
    /// <summary>The comment.</summary>
    public Comment? Comment { get; init; }

    /// <summary>The number that it had among the comments of its post; the greatest number for none.</summary>
    public int Order { get; init; } = int.MaxValue;

    public static ReadLine Refuse(int number, string problem) => new(number, problem);
}
