using System.Text.Json;
using ServerlessBlog.Hosting.Local;

namespace ServerlessBlog.Tests.Comments;

/// <summary>Cross-site scripting payloads: those of tests/data/xss.jsonl.</summary>
internal static class HostileInputs
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. File.ReadLines(Path.Combine(RepositoryRoot.Find(), "tests", "data", "xss.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("payload").GetString()!),
    ];
}
