using ServerlessBlog.Hosting.Local;

namespace ServerlessBlog.Tests.Repository;

/// <summary>Rules for all files of the repository: names that must not occur, line lengths, lock files.</summary>
public sealed class RepositoryFilesTests
{
    private const int MaxLine = 120;

    // In two pieces, or this file would be the first to be found.
    private static readonly string[] Foreign =
    [
        "/wor" + "k/",
        "/Use" + "rs/",
        "/roo" + "t/", // paths of one machine
        "api.nu" + "get.org",
        "registry.np" + "mjs",
        "npm" + "js.com",
        "npm" + "js.org", // registries: whoever builds has one set
        "clau" + "de",
        "anthr" + "opic",
        "chat" + "gpt",
        "str_rep" + "lace",
        "bash_" + "tool", // whoever wrote it
    ];

    [Fact]
    public async Task No_file_names_a_machine_a_registry_or_a_tool()
    {
        var found = new List<string>();
        foreach (var file in await RepositoryFiles.ListAsync())
        {
            var text = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Find(), file));
            found.AddRange(
                Foreign.Where(word => text.Contains(word, ComparisonOf(word))).Select(word => $"{file}: {word}")
            );
        }

        Assert.Empty(found);
    }

    /// <summary>Paths have the case of the machine: /users/ is in many examples of addresses.</summary>
    private static StringComparison ComparisonOf(string word) =>
        word[0] == '/' ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>
    /// Markdown has a rule of its own: links and tables may be longer. A JSON string (texts.json) and a type name
    /// (Tables.rd.xml) cannot be wrapped. Data, minified code and lock files are not written by hand.
    /// </summary>
    [Fact]
    public async Task No_line_is_longer_than_120_characters()
    {
        var tooLong = (await RepositoryFiles.ListAsync())
            .Where(file =>
                Path.GetExtension(file) is not (".md" or ".jsonl" or ".png" or ".webp" or ".wav" or ".ttf")
                && !IsGenerated(file)
            )
            .SelectMany(file =>
                File.ReadLines(RepositoryFiles.FullPath(file))
                    .Index()
                    .Where(line => line.Item.Length > MaxLine)
                    .Select(line => $"{file}, line {line.Index + 1}: {line.Item.Length}")
            );

        Assert.Empty(tooLong);
    }

    private static bool IsGenerated(string file) =>
        file.StartsWith("tests/data/", StringComparison.Ordinal)
        || file.EndsWith(".lock.json", StringComparison.Ordinal)
        || file.EndsWith(".min.js", StringComparison.Ordinal)
        || Path.GetFileName(file) is "package-lock.json" or "texts.json" or "Tables.rd.xml" or "ServerlessBlog.sln";

    [Fact]
    public async Task Lock_files_name_no_place_to_download_from()
    {
        var locks = (await RepositoryFiles.ListAsync())
            .Where(file => Path.GetFileName(file) == "package-lock.json")
            .ToList();

        Assert.NotEmpty(locks);
        Assert.DoesNotContain(locks, file =>
            File.ReadAllText(Path.Combine(RepositoryRoot.Find(), file))
                .Contains("\"resolved\"", StringComparison.Ordinal)
        );
    }
}
