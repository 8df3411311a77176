using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Letters.Replies;

namespace ServerlessBlog.Letters;

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(CommentJson.IdJson)]
)]
[JsonSerializable(typeof(Recipient))]
[JsonSerializable(typeof(Follower))]
internal sealed partial class LetterJson : JsonSerializerContext;
