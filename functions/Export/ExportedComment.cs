using System.Text.Encodings.Web;
using ServerlessBlog.Comments;

namespace ServerlessBlog.Export;

/// <summary>A comment in an export: a line of JSON.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Post">The id of its post.</param>
/// <param name="File">The name of the post's file; null when the post is gone.</param>
/// <param name="Parent">The id of the comment that it replies to; null for none.</param>
/// <param name="Number">Its number among the comments of the post; null for one that was never shown.</param>
/// <param name="Author">The name of its writer.</param>
/// <param name="Email">The writer's mail address; null for none.</param>
/// <param name="Website">The writer's website; null for none.</param>
/// <param name="Text">The text.</param>
/// <param name="Format">The format of the text: markdown.</param>
/// <param name="Created">When it was written.</param>
/// <param name="Edited">When its text was changed last; null for never.</param>
/// <param name="State">approved, held, waiting, spam or trash.</param>
/// <param name="Decided">When it came into the state; null when that is not known.</param>
/// <param name="Reasons">Why, in sentences.</param>
/// <param name="ByAuthor">Whether an author of the blog wrote it; null for no.</param>
/// <param name="Erased">Whether its writer erased it; null for no.</param>
internal sealed record ExportedComment(
    string Id,
    string Post,
    string? File,
    string? Parent,
    int? Number,
    string Author,
    string? Email,
    string? Website,
    string Text,
    string Format,
    DateTimeOffset Created,
    DateTimeOffset? Edited,
    string State,
    DateTimeOffset? Decided,
    IReadOnlyList<string>? Reasons,
    bool? ByAuthor,
    bool? Erased
)
{
    /// <summary>Creates the line of a comment.</summary>
    /// <param name="comment">The comment.</param>
    /// <param name="file">The name of its post's file; null when the post is gone.</param>
    public static string ToLine(Comment comment, string? file) =>
        JsonSerializer.Serialize(From(comment, file), ExportJson.Readable.ExportedComment);

    [SuppressMessage("Globalization", "CA1308", Justification = "States are written in lower case.")]
    private static ExportedComment From(Comment comment, string? file) =>
        new(
            comment.Key.Comment.ToString(),
            comment.Key.Post.ToString(),
            file,
            comment.ReplyTo?.ToString(),
            comment.Number == 0 ? null : comment.Number,
            comment.Author,
            comment.Email.Length == 0 ? null : comment.Email,
            comment.Website,
            comment.NewText ?? comment.Text,
            "markdown",
            comment.Created,
            comment.Edited,
            comment.State.ToString().ToLowerInvariant(),
            comment.Decided,
            comment.Reasons.Count == 0 ? null : comment.Reasons,
            comment.IsByAuthor ? true : null,
            comment.IsErased ? true : null
        );
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
