namespace ServerlessBlog.Letters.Mailings;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Mailing))]
internal sealed partial class MailingJson : JsonSerializerContext;
