using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Site;

/// <summary>Reads microformats 2 (https://microformats.org/wiki/microformats2) with a parser from npm.</summary>
internal static class Microformats
{
    private static readonly string Tests = Path.Combine(RepositoryRoot.Find(), "tests");

    /// <summary>The outermost items of each page.</summary>
    /// <param name="pages">The address and the HTML of each page.</param>
    public static async Task<IReadOnlyList<IReadOnlyList<JsonNode>>> ReadAsync(params (string Url, string Html)[] pages)
    {
        await NodePackages.EnsureInstalledAsync(Tests, say: null, CancellationToken.None);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            file,
            JsonSerializer.Serialize(pages.Select(page => new { url = page.Url, html = page.Html }))
        );
        await using var node = ProgramRun.Start("node", ["Site/microformats.js", file], folder: Tests);
        Assert.True(await node.EndAsync() == 0, node.Errors);
        File.Delete(file);
        return
        [
            .. JsonNode
                .Parse(node.Output)!
                .AsArray()
                .Select(page => page!["items"]!.AsArray().Select(item => item!).ToList()),
        ];
    }

    /// <summary>The first value of a property as text; null when the item has no such property.</summary>
    public static string? First(this JsonNode item, string property) =>
        item["properties"]![property]?[0] switch
        {
            null => null,
            JsonObject value => (string)value["value"]!,
            var value => (string)value!,
        };

    /// <summary>The values of a property that are items themselves; none when the item has no such property.</summary>
    public static IEnumerable<JsonNode> Items(this JsonNode item, string property) =>
        item["properties"]![property]?.AsArray().Select(value => value!) ?? [];
}
