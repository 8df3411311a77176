using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Letters.Mailings;
using ServerlessBlog.Letters.Replies;

namespace ServerlessBlog.Letters;

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(CommentJson.IdJson)]
)]
[JsonSerializable(typeof(Recipient))]
[JsonSerializable(typeof(Follower))]
[JsonSerializable(typeof(Mailing))]
internal sealed partial class LetterJson : JsonSerializerContext;
