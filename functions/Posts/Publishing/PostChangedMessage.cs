using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>
/// A message to <see cref="PublishPost"/> that a post has changed, a few seconds after it did: its
/// <see cref="IPostChangeHandler"/> takes all changes until then together.
/// </summary>
/// <param name="Subject">
/// The file as the subject of a blob event: a program that does not know these messages takes it as one, and
/// publishes the file once more, which changes nothing.
/// </param>
/// <param name="Changed">The post.</param>
public sealed record PostChangedMessage(
    [property: JsonPropertyName("subject")] string Subject,
    [property: JsonPropertyName("changed")] PostId Changed
)
{
    /// <summary>The delay of the message: 5 s.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(5);

    /// <summary>Creates the message about a post.</summary>
    /// <param name="post">The post.</param>
    /// <param name="source">The name of its file.</param>
    public static PostChangedMessage Create(PostId post, string source) =>
        new($"/blobServices/default/containers/{StorageNames.Posts}/blobs/{source}", post);

    /// <summary>Formats the message as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, PostJson.Default.PostChangedMessage);

    /// <summary>Parses the output of <see cref="ToJson"/>; null for any other JSON, such as a blob event.</summary>
    internal static PostChangedMessage? TryRead(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty("changed", out var changed)
        && PostId.TryParse(changed.GetString(), out var id)
            ? new PostChangedMessage(json.GetProperty("subject").GetString() ?? "", id)
            : null;
}

/// <summary>
/// Does what follows from changed posts. The index for search and the letters implement it; this folder does not depend
/// on them.
/// </summary>
public interface IPostChangeHandler
{
    /// <summary>
    /// Handles a message. Idempotent, and finds the post's present state itself: the message may come twice or late.
    /// </summary>
    Task HandleAsync(PostChangedMessage message, CancellationToken cancellationToken);
}
