using System.Text.Json;
using ServerlessBlog.Hosting.Local;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>An input of tests/data/text-cases.jsonl, which says in words what it must give.</summary>
/// <param name="Id">The id, such as T01. A test of the repository holds that a test names each of them.</param>
/// <param name="Input">What the author or commenter wrote.</param>
internal sealed record TextCase(string Id, string Input)
{
    /// <summary>All cases, in the order of the file.</summary>
    public static IReadOnlyList<TextCase> All { get; } =
    [
        .. File.ReadLines(Path.Combine(RepositoryRoot.Find(), "tests", "data", "text-cases.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Select(json => new TextCase(json.GetProperty("id").GetString()!, json.GetProperty("input").GetString()!)),
    ];

    /// <summary>Returns the input of the case with this id.</summary>
    public static string Find(string id) => All.Single(entry => entry.Id == id).Input;
}
