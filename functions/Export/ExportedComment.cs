using System.Text.Encodings.Web;
using ServerlessBlog.Comments;

namespace ServerlessBlog.Export;

/// <summary>A comment in an export: a line of JSON. Fields that are null are left out.</summary>
internal sealed record ExportedComment
{
    /// <summary>Its id: any text that no other comment of the post has.</summary>
    public string? Id { get; init; }

    /// <summary>The id of its post.</summary>
    public string? Post { get; init; }

    /// <summary>The name of the post's file; null when the post is gone.</summary>
    public string? File { get; init; }

    /// <summary>The id of the comment that it replies to; null for none.</summary>
    public string? Parent { get; init; }

    /// <summary>Its number among the comments of the post; null for one that was never shown.</summary>
    public int? Number { get; init; }

    /// <summary>The name of its writer.</summary>
    public string? Author { get; init; }

    /// <summary>The writer's mail address; null for none.</summary>
    public string? Email { get; init; }

    /// <summary>The writer's website; null for none.</summary>
    public string? Website { get; init; }

    /// <summary>The text.</summary>
    public string? Text { get; init; }

    /// <summary>The format of the text: markdown or html; null is markdown.</summary>
    public string? Format { get; init; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When its text was changed last; null for never.</summary>
    public DateTimeOffset? Edited { get; init; }

    /// <summary>approved, held, waiting, spam or trash; null is approved.</summary>
    public string? State { get; init; }

    /// <summary>When it came into the state; null when that is not known.</summary>
    public DateTimeOffset? Decided { get; init; }

    /// <summary>Why it is in the state, in sentences.</summary>
    public IReadOnlyList<string>? Reasons { get; init; }

    /// <summary>Whether an author of the blog wrote it; null for no.</summary>
    public bool? ByAuthor { get; init; }

    /// <summary>Whether its writer erased it; null for no.</summary>
    public bool? Erased { get; init; }

    /// <summary>Creates the line of a comment.</summary>
    /// <param name="comment">The comment.</param>
    /// <param name="file">The name of its post's file; null when the post is gone.</param>
    public static string ToLine(Comment comment, string? file) =>
        JsonSerializer.Serialize(From(comment, file), ExportJson.Readable.ExportedComment);

    [SuppressMessage("Globalization", "CA1308", Justification = "States are written in lower case.")]
    private static ExportedComment From(Comment comment, string? file) =>
        new()
        {
            Id = comment.Key.Comment.ToString(),
            Post = comment.Key.Post.ToString(),
            File = file,
            Parent = comment.ReplyTo?.ToString(),
            Number = comment.Number == 0 ? null : comment.Number,
            Author = comment.Author,
            Email = comment.Email.Length == 0 ? null : comment.Email,
            Website = comment.Website,
            Text = comment.NewText ?? comment.Text,
            Format = comment.NewText is null && comment.Format == CommentFormat.Html ? "html" : "markdown",
            Created = comment.Created,
            Edited = comment.Edited,
            State = comment.State.ToString().ToLowerInvariant(),
            Decided = comment.Decided,
            Reasons = comment.Reasons.Count == 0 ? null : comment.Reasons,
            ByAuthor = comment.IsByAuthor ? true : null,
            Erased = comment.IsErased ? true : null,
        };
}

[JsonSerializable(typeof(ExportedComment))]
internal sealed partial class ExportJson : JsonSerializerContext
{
    /// <summary>Letters of all scripts as they are: the file is never part of a page.</summary>
    public static ExportJson Readable { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}
