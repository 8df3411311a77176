using System.Text.Encodings.Web;
using System.Text.Json.Serialization.Metadata;

namespace ServerlessBlog.Webhooks;

[JsonSerializable(typeof(WebhookEvent<CommentData>))]
[JsonSerializable(typeof(WebhookEvent<PostData>))]
[JsonSerializable(typeof(WebhookEvent<RefusalData>))]
[JsonSerializable(typeof(WebhookEvent<FailureData>))]
internal sealed partial class WebhookJson : JsonSerializerContext
{
    /// <summary>
    /// Writes letters of all scripts as they are, since a message is never part of a page, and so has room for more.
    /// </summary>
    public static WebhookJson Readable { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );

    /// <summary>
    /// Formats an event. Invisible characters, which a <see cref="Notifications.Notification"/> leaves out of texts,
    /// are escaped.
    /// </summary>
    public static string Format<TData>(WebhookEvent<TData> happened, JsonTypeInfo<WebhookEvent<TData>> type)
    {
        var json = new StringBuilder();
        foreach (var rune in JsonSerializer.Serialize(happened, type).EnumerateRunes())
        {
            _ = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control
                ? AppendEscaped(json, rune)
                : json.Append(rune);
        }

        return json.ToString();
    }

    private static StringBuilder AppendEscaped(StringBuilder json, Rune rune)
    {
        foreach (var unit in rune.ToString())
        {
            json.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
        }

        return json;
    }
}
