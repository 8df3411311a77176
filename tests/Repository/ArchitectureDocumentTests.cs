using System.Text.RegularExpressions;

namespace ServerlessBlog.Tests.Repository;

/// <summary>
/// docs/architecture.md shows the folders that there are, and the dependencies that <see cref="ArchitectureTests"/>
/// allows.
/// </summary>
public sealed partial class ArchitectureDocumentTests
{
    private static readonly string Document = File.ReadAllText(RepositoryFiles.FullPath("docs/architecture.md"));

    /// <summary>The arrows of the first diagram, from a folder to those that it depends on.</summary>
    private static readonly ILookup<string, string> Arrows = Arrow()
        .Matches(Document[..Document.IndexOf("sequenceDiagram", StringComparison.Ordinal)])
        .SelectMany(arrow =>
            arrow.Groups["to"].Value.Split('&').Select(to => (From: Folder(arrow.Groups["from"].Value), To: Folder(to)))
        )
        .ToLookup(arrow => arrow.From, arrow => arrow.To);

    [Fact]
    public async Task Every_folder_of_the_program_is_in_the_tree()
    {
        var tree = Document[..Document.IndexOf("```mermaid", StringComparison.Ordinal)];
        var missing = (await RepositoryFiles.ListAsync())
            .Where(file => file.StartsWith("functions/", StringComparison.Ordinal) && file.EndsWith(".cs"))
            .SelectMany(file => file.Split('/')[1..^1])
            .Distinct()
            .Where(folder => !Regex.IsMatch(tree, $@"\b{folder}\b"));

        Assert.Empty(missing);
    }

    [Fact]
    public void The_diagram_has_every_allowed_dependency_and_no_other()
    {
        var subjects = ArchitectureTests.Dependencies.Where(folder =>
            !folder.Key.StartsWith("Hosting", StringComparison.Ordinal)
        );

        Assert.All(subjects, folder => Assert.Empty(folder.Value.Except(Reachable(folder.Key))));
        Assert.All(Arrows, from => Assert.Empty(from.Except(ArchitectureTests.Dependencies[from.Key])));
    }

    private static IEnumerable<string> Reachable(string folder) =>
        Arrows[folder].SelectMany(to => Reachable(to).Append(to)).Distinct();

    /// <summary>Mermaid names have no slash: Comments/Endpoints is Endpoints in the diagram, and so on.</summary>
    private static string Folder(string node) =>
        node.Trim() switch
        {
            "Endpoints" => "Comments.Endpoints",
            "LetterEndpoints" => "Letters.Endpoints",
            "Mailings" => "Letters.Mailings",
            var folder => folder,
        };

    [GeneratedRegex(@"^  (?<from>\w+)(\[""[^""]*""\])? --> (?<to>[\w &]+)$", RegexOptions.Multiline)]
    private static partial Regex Arrow();
}
