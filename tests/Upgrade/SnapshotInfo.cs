using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServerlessBlog.Tests.Upgrade;

/// <summary>What one must know beside a storage account to go on with its blog, kept as <c>snapshot.json</c> in the folder of <see cref="StorageSnapshot"/>.</summary>
/// <param name="Time">When the snapshot was made, by the blog's clock.</param>
/// <param name="Settings">The blog's settings, as configuration keys: its secret among them, which is made up.</param>
/// <param name="Held">What people outside hold: a signed path each of a comment or a mail, and the cookie of who is signed in.</param>
internal sealed record SnapshotInfo(
    DateTimeOffset Time,
    IReadOnlyDictionary<string, string?> Settings,
    IReadOnlyDictionary<string, string> Held
)
{
    private const string FileName = "snapshot.json";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        IndentSize = 2,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads it.</summary>
    public static async Task<SnapshotInfo> ReadAsync(string folder)
    {
        var json = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, FileName)))!;
        return new SnapshotInfo(
            DateTimeOffset.Parse(json["time"]!.GetValue<string>(), CultureInfo.InvariantCulture),
            json["settings"]!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value?.GetValue<string>()),
            json["held"]!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>())
        );
    }

    /// <summary>Writes it.</summary>
    public Task WriteAsync(string folder)
    {
        var json = new JsonObject
        {
            ["time"] = Time.ToString("O", CultureInfo.InvariantCulture),
            ["settings"] = ObjectOf(Settings),
            ["held"] = ObjectOf(Held),
        };
        Directory.CreateDirectory(folder);
        return File.WriteAllTextAsync(Path.Combine(folder, FileName), json.ToJsonString(Indented) + "\n");
    }

    private static JsonObject ObjectOf<T>(IEnumerable<KeyValuePair<string, T>> pairs)
        where T : class? =>
        new(pairs.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value as string))));
}
