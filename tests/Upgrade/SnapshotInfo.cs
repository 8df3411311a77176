using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServerlessBlog.Tests.Upgrade;

/// <summary>
/// The data beside a storage account that is needed to continue its blog. Stored as <c>snapshot.json</c> in the folder
/// of <see cref="StorageSnapshot"/>.
/// </summary>
/// <param name="Time">The time of the snapshot, by the clock of the blog.</param>
/// <param name="Settings">The settings of the blog by configuration key, including its secret, which is
/// invented.</param>
/// <param name="Credentials">What people hold outside the storage, by label: the signed paths of comments and mails,
/// and a moderator's cookie.</param>
internal sealed record SnapshotInfo(
    DateTimeOffset Time,
    IReadOnlyDictionary<string, string?> Settings,
    IReadOnlyDictionary<string, string> Credentials
)
{
    private const string FileName = "snapshot.json";

    private static readonly JsonSerializerOptions IndentedJson = new()
    {
        WriteIndented = true,
        IndentSize = 2,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads <c>snapshot.json</c> from a folder.</summary>
    public static async Task<SnapshotInfo> ReadAsync(string folder)
    {
        var json = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, FileName)))!;
        return new SnapshotInfo(
            DateTimeOffset.Parse(json["time"]!.GetValue<string>(), CultureInfo.InvariantCulture),
            json["settings"]!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value?.GetValue<string>()),
            json["held"]!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>())
        );
    }

    /// <summary>Writes <c>snapshot.json</c> to a folder, which is created if needed.</summary>
    public Task WriteAsync(string folder)
    {
        var json = new JsonObject
        {
            ["time"] = Time.ToString("O", CultureInfo.InvariantCulture),
            ["settings"] = ToJsonObject(Settings),
            ["held"] = ToJsonObject(Credentials),
        };
        Directory.CreateDirectory(folder);
        return File.WriteAllTextAsync(Path.Combine(folder, FileName), json.ToJsonString(IndentedJson) + "\n");
    }

    private static JsonObject ToJsonObject<T>(IEnumerable<KeyValuePair<string, T>> pairs)
        where T : class? =>
        new(pairs.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value as string))));
}
