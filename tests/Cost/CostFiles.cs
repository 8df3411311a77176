using System.Text.Json;
using ServerlessBlog.Tests.Repository;

namespace ServerlessBlog.Tests.Cost;

/// <summary>The stored counts and the document that is computed from them.</summary>
internal static class CostFiles
{
    /// <summary>The counts of the journeys, as the command "bill" has stored them.</summary>
    public const string Counts = "tests/data/cost/counts.json";

    /// <summary>The document that the command "bill" writes.</summary>
    public const string Document = "docs/cost.md";

    /// <summary>How counts and prices are written.</summary>
    public static JsonSerializerOptions JsonOptions { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Reads the stored counts, by the name of the journey.</summary>
    public static SortedDictionary<string, JourneyCounts> ReadCounts() =>
        new(
            JsonSerializer.Deserialize<Dictionary<string, JourneyCounts>>(
                File.ReadAllText(RepositoryFiles.FullPath(Counts)),
                JsonOptions
            )!,
            StringComparer.Ordinal
        );

    /// <summary>Stores counts, and the document that follows from them.</summary>
    public static void Write(SortedDictionary<string, JourneyCounts> counts)
    {
        File.WriteAllText(RepositoryFiles.FullPath(Counts), JsonSerializer.Serialize(counts, JsonOptions) + "\n");
        File.WriteAllText(RepositoryFiles.FullPath(Document), CostDocument.Write(counts, Prices.Read()));
    }
}
