using System.Text.RegularExpressions;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using YamlDotNet.RepresentationModel;

namespace ServerlessBlog.Tests.Repository;

/// <summary>The workflow in docs/writing.md that checks and publishes a repository's folder.</summary>
public sealed partial class PublishingWorkflowTests
{
    private static readonly DocumentFile Document = DocumentFile.Open("docs/writing.md");

    private static readonly string Text = string.Join('\n', Document.Lines);

    private static YamlMappingNode Workflow
    {
        get
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(Document.Fences.Single(fence => fence.Info == "yaml").Lines.ToString()));
            return (YamlMappingNode)yaml.Documents.Single().RootNode;
        }
    }

    private static IReadOnlyList<YamlMappingNode> Steps =>
        [.. ((YamlSequenceNode)Workflow["jobs"]["publish"]["steps"]).Cast<YamlMappingNode>()];

    [Fact]
    public void It_runs_commands_that_exist()
    {
        var commands = Steps.Where(step => Has(step, "run")).Select(step => step["run"].ToString()).ToList();

        Assert.Equal(2, commands.Count);
        Assert.All(commands, command =>
        {
            const string start = "dotnet run --project blog/functions -- ";
            Assert.StartsWith(start, command, StringComparison.Ordinal);
            Assert.Empty(LocalCommand.CreateRootCommand().Parse(command[start.Length..].Split(' ')).Errors);
        });
    }

    [Fact]
    public void It_uses_the_actions_that_the_blog_uses_itself_at_the_same_commits()
    {
        var own = Directory
            .GetFiles(RepositoryFiles.FullPath(".github/workflows"))
            .SelectMany(file => Used().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["action"].Value);

        var used = Used().Matches(Document.Fences.Single(fence => fence.Info == "yaml").Lines.ToString());

        Assert.Equal(4, used.Count);
        Assert.Empty(used.Select(match => match.Groups["action"].Value).Except(own));
    }

    [Fact]
    public void It_can_sign_in_and_do_nothing_else_in_GitHub_and_signs_in_on_main_only()
    {
        Assert.Equal(
            ["contents: read", "id-token: write"],
            ((YamlMappingNode)Workflow["permissions"]).Select(entry => $"{entry.Key}: {entry.Value}")
        );
        Assert.Equal(
            ["azure/login", "Publish"],
            Steps
                .Where(step => Has(step, "if") && step["if"].ToString() == "github.ref == 'refs/heads/main'")
                .Select(step => Has(step, "name") ? step["name"].ToString() : step["uses"].ToString().Split('@')[0])
        );
        Assert.DoesNotContain("secrets.", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_identity_may_write_posts_and_read_reports_and_nothing_else()
    {
        var roles = Role().Matches(Text).Select(match => (match.Groups["role"].Value, match.Groups["scope"].Value));

        Assert.Equal(
            [
                ("Storage Blob Data Contributor", $"$BLOG_CONTAINERS/{StorageNames.Posts}"),
                ("Storage Blob Data Reader", $"$BLOG_CONTAINERS/{StorageNames.Reports}"),
            ],
            roles
        );
    }

    [Fact]
    public void Every_variable_that_the_workflow_reads_is_explained()
    {
        var variables = Variable().Matches(Text).Select(match => match.Groups["name"].Value).Distinct();

        Assert.All(variables, name => Assert.Contains($"`{name}`", Text, StringComparison.Ordinal));
    }

    private static bool Has(YamlMappingNode step, string key) => step.Children.ContainsKey(new YamlScalarNode(key));

    [GeneratedRegex("uses: (?<action>[^\n]+)")]
    private static partial Regex Used();

    [GeneratedRegex("role assignment create --role \"(?<role>[^\"]+)\" --scope \"(?<scope>[^\"]+)\"")]
    private static partial Regex Role();

    [GeneratedRegex(@"vars\.(?<name>\w+)")]
    private static partial Regex Variable();
}
