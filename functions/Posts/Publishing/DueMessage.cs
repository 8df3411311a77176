using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>
/// A message to <see cref="PublishPost"/> that a date of a post comes: publication, expiry, the outdated note or the
/// end of comments.
/// </summary>
/// <param name="Subject">
/// The file as the subject of a blob event: a program that does not know these messages takes it as one, and
/// publishes the file as of then, which has the same effect.
/// </param>
/// <param name="Post">The post.</param>
/// <param name="Due">The date, see <see cref="Posts.Post.Due"/>.</param>
public sealed record DueMessage(
    [property: JsonPropertyName("subject")] string Subject,
    [property: JsonPropertyName("post")] PostId Post,
    [property: JsonPropertyName("due")] DateTimeOffset Due
)
{
    /// <summary>Creates the message about a date of a post.</summary>
    /// <param name="post">The post.</param>
    /// <param name="source">The name of its file.</param>
    /// <param name="due">The date.</param>
    public static DueMessage Create(PostId post, string source, DateTimeOffset due) =>
        new($"/blobServices/default/containers/{StorageNames.Posts}/blobs/{source}", post, due);

    /// <summary>Formats the message as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, PostJson.Default.DueMessage);

    /// <summary>Parses the output of <see cref="ToJson"/>; null for any other JSON, such as a blob event.</summary>
    internal static DueMessage? TryRead(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty("post", out var post)
        && PostId.TryParse(post.GetString(), out var id)
        && json.TryGetProperty("due", out var due)
        && due.TryGetDateTimeOffset(out var time)
            ? new DueMessage(json.GetProperty("subject").GetString() ?? "", id, time)
            : null;
}
