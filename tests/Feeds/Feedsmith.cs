using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Feeds;

/// <summary>Reads feeds with a library from npm, as feed readers do.</summary>
internal static class Feedsmith
{
    private static readonly string Tests = Path.Combine(RepositoryRoot.Find(), "tests");

    /// <summary>The feeds as the library understands them, without their formats.</summary>
    public static async Task<IReadOnlyList<JsonNode>> ReadAsync(params string[] texts) =>
        [.. (await ReadWithFormatAsync(texts)).Select(read => read["feed"]!)];

    /// <summary>The feeds as the library understands them, each with its format.</summary>
    public static async Task<IReadOnlyList<JsonNode>> ReadWithFormatAsync(params string[] texts)
    {
        await NodePackages.EnsureInstalledAsync(Tests, say: null, CancellationToken.None);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(texts));
        await using var node = ProgramRun.Start("node", ["Feeds/feedsmith.js", file], folder: Tests);
        Assert.True(await node.EndAsync() == 0, node.Errors);
        File.Delete(file);
        return [.. JsonNode.Parse(node.Output)!.AsArray().Select(read => read!)];
    }
}
