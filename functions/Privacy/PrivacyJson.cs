namespace ServerlessBlog.Privacy;

[JsonSourceGenerationOptions(WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PrivacyRequest))]
[JsonSerializable(typeof(PersonalData))]
internal sealed partial class PrivacyJson : JsonSerializerContext;
