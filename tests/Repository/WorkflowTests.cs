using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace ServerlessBlog.Tests.Repository;

/// <summary>
/// GitHub's workflows use no action that others can change, and ask for no right that they do not need.
/// </summary>
public sealed partial class WorkflowTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(RepositoryFiles.FullPath(".github/workflows")).Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_action_is_pinned_by_its_commit_and_the_comment_says_its_version(string file)
    {
        var uses = File.ReadLines(FullPath(file)).Where(line => line.Contains("uses:", StringComparison.Ordinal));

        Assert.All(uses, line => Assert.Matches(Pinned(), line));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_token_of_a_workflow_can_read_the_repository(string file) =>
        Assert.Equal("read", Read(file)["permissions"]["contents"].ToString());

    [Fact]
    public void Only_signing_in_to_Azure_and_publishing_a_release_can_write()
    {
        var writing = Directory
            .GetFiles(RepositoryFiles.FullPath(".github/workflows"))
            .Select(file => Path.GetFileName(file))
            .SelectMany(file =>
                Read(file)
                    .AllNodes.OfType<YamlMappingNode>()
                    .SelectMany(node => node)
                    .Where(entry => entry.Value.NodeType is YamlNodeType.Scalar && entry.Value.ToString() == "write")
                    .Select(entry => $"{file}: {entry.Key}")
            );

        Assert.Equal(["deploy.yml: id-token", "release.yml: contents"], writing.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_job_has_a_time_limit_and_two_runs_do_not_get_in_each_others_way(string file)
    {
        var workflow = Read(file);

        Assert.Contains("concurrency", workflow.Children.Keys.Select(key => key.ToString()));
        foreach (var (name, node) in (YamlMappingNode)workflow["jobs"])
        {
            var job = ((YamlMappingNode)node).Children.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value);
            Assert.True(job.ContainsKey("timeout-minutes") || job.ContainsKey("uses"), $"{file}, {name}");
        }
    }

    [Fact]
    public void What_CI_runs_is_the_script_that_is_there_for_everybody()
    {
        Assert.Contains("- run: .ci/run\n", File.ReadAllText(FullPath("ci.yml")), StringComparison.Ordinal);
        Assert.Contains("- run: .ci/release\n", File.ReadAllText(FullPath("release.yml")), StringComparison.Ordinal);
    }

    private static YamlMappingNode Read(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(FullPath(file))));
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    private static string FullPath(string file) => RepositoryFiles.FullPath($".github/workflows/{file}");

    [GeneratedRegex(@"uses: (\./[\w./-]+|[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$")]
    private static partial Regex Pinned();
}
