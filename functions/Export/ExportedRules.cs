using System.Text.Encodings.Web;
using ServerlessBlog.Comments.Moderation;

namespace ServerlessBlog.Export;

/// <summary>The rules of moderation as a file of an export.</summary>
internal static class ExportedRules
{
    /// <summary>Writes rules as indented JSON.</summary>
    public static string ToText(SavedRules rules) =>
        JsonSerializer.Serialize(rules, ExportedRulesJson.Readable.SavedRules) + "\n";

    /// <summary>Reads what <see cref="ToText"/> writes; null for anything else.</summary>
    public static SavedRules? TryRead(string text)
    {
        try
        {
            return
                JsonSerializer.Deserialize(text, ExportedRulesJson.Readable.SavedRules)
                    is { ModerationKeys: not null, DisallowedKeys: not null, By: not null } rules
                ? rules
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSerializable(typeof(SavedRules))]
internal sealed partial class ExportedRulesJson : JsonSerializerContext
{
    /// <summary>Writes letters as they are: the file is read by people.</summary>
    public static ExportedRulesJson Readable { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                WriteIndented = true,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}
