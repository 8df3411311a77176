using ServerlessBlog.Comments.Moderation;

namespace ServerlessBlog.Comments.Storage;

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(KeyJson),
        typeof(IdJson),
        typeof(PathJson),
        typeof(JsonStringEnumConverter<CommentState>),
        typeof(JsonStringEnumConverter<CommentFormat>),
    ]
)]
[JsonSerializable(typeof(Comment))]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(CommentCounts))]
[JsonSerializable(typeof(SavedRules))]
[JsonSerializable(typeof(WaitingMarker))]
internal sealed partial class CommentJson : JsonSerializerContext
{
    internal sealed class KeyJson : JsonConverter<CommentKey>
    {
        public override CommentKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Comments.CommentKey.TryParse(reader.GetString(), out var key)
                ? key
                : throw new JsonException("Not a comment's key.");

        public override void Write(Utf8JsonWriter writer, CommentKey value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }

    internal sealed class IdJson : JsonConverter<CommentId>
    {
        public override CommentId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Comments.CommentId.TryParse(reader.GetString(), out var id)
                ? id
                : throw new JsonException("Not a comment's id.");

        public override void Write(Utf8JsonWriter writer, CommentId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }

    internal sealed class PathJson : JsonConverter<ThreadPath>
    {
        public override ThreadPath Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Comments.ThreadPath.TryParse(reader.GetString(), out var path)
                ? path
                : throw new JsonException("Not a comment's trail.");

        public override void Write(Utf8JsonWriter writer, ThreadPath value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
