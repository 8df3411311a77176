using ServerlessBlog.Posts.Publishing;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// The JSON of stored records. Slugs, ids, paths and enumeration members are stored as text; properties that are null
/// are left out.
/// </summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(SlugJson),
        typeof(PostIdJson),
        typeof(SitePathJson),
        typeof(UploadOutcomes.Json),
        typeof(JsonStringEnumConverter<PostState>),
        typeof(JsonStringEnumConverter<AddressKind>),
        typeof(JsonStringEnumConverter<VersionOrigin>),
    ]
)]
[JsonSerializable(typeof(Post))]
[JsonSerializable(typeof(ListedPost))]
[JsonSerializable(typeof(Address))]
[JsonSerializable(typeof(PostVersion))]
[JsonSerializable(typeof(UploadReport))]
[JsonSerializable(typeof(DueMessage))]
[JsonSerializable(typeof(PostChangedMessage))]
internal sealed partial class PostJson : JsonSerializerContext
{
    internal sealed class SlugJson : JsonConverter<Slug>
    {
        public override Slug Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, Slug value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }

    internal sealed class PostIdJson : JsonConverter<PostId>
    {
        public override PostId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, PostId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }

    internal sealed class SitePathJson : JsonConverter<SitePath>
    {
        public override SitePath Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Posts.SitePath.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, SitePath value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Text);
    }
}
