using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Repository;

/// <summary>Every case of tests/data/text-cases.jsonl has a test that names it.</summary>
public sealed class TextCasesTests
{
    [Fact]
    public async Task Every_case_is_named_by_a_test()
    {
        var sources = (await RepositoryFiles.ListAsync())
            .Where(file => file.StartsWith("tests/", StringComparison.Ordinal) && Path.GetExtension(file) == ".cs")
            .Select(file => File.ReadAllText(RepositoryFiles.FullPath(file)))
            .ToList();

        Assert.Equal(79, TextCase.All.Count);
        Assert.All(TextCase.All, entry => Assert.Contains(sources, text => IsNamed(entry.Id, text)));
    }

    /// <summary>Whether a test has the id as an argument, or in its name.</summary>
    private static bool IsNamed(string id, string source) =>
        source.Contains($"\"{id}\"", StringComparison.Ordinal) || source.Contains($"{id}_", StringComparison.Ordinal);
}
