using System.Text.Json;
using ServerlessBlog.Hosting.Local;

namespace ServerlessBlog.Tests.Search;

/// <summary>The posts and searches of tests/data/search, with which the ranking is measured.</summary>
internal static class RankingData
{
    /// <summary>The posts, in the order of the file.</summary>
    public static IReadOnlyList<SamplePost> Posts { get; } = Read<SamplePost>("corpus.jsonl");

    /// <summary>The searches, in the order of the file.</summary>
    public static IReadOnlyList<JudgedQuery> Queries { get; } = Read<JudgedQuery>("queries.jsonl");

    private static List<T> Read<T>(string file) =>
        [
            .. File.ReadLines(Path.Combine(RepositoryRoot.Find(), "tests", "data", "search", file))
                .Select(line => JsonSerializer.Deserialize<T>(line, JsonSerializerOptions.Web)!),
        ];
}

/// <summary>A post of corpus.jsonl.</summary>
/// <param name="Id">Its name, such as en-coffee.</param>
/// <param name="Language">The language as in HTML, such as en.</param>
/// <param name="Title">Its title.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Headings">Its headings.</param>
/// <param name="Text">Its text without the headings.</param>
internal sealed record SamplePost(
    string Id,
    string Language,
    string Title,
    IReadOnlyList<string> Tags,
    IReadOnlyList<string> Headings,
    string Text
);

/// <summary>A search of queries.jsonl.</summary>
/// <param name="Query">What a reader types.</param>
/// <param name="Language">The reader's language.</param>
/// <param name="Script">The script of that language, such as Latin.</param>
/// <param name="Judged">The posts by their ids: 2 is about what is searched for, 1 mentions it.</param>
internal sealed record JudgedQuery(
    string Query,
    string Language,
    string Script,
    IReadOnlyDictionary<string, int> Judged
);
