using ServerlessBlog.Letters.Replies;

namespace ServerlessBlog.Letters;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Recipient))]
[JsonSerializable(typeof(Follower))]
internal sealed partial class LetterJson : JsonSerializerContext;
