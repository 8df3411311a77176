using System.Text.RegularExpressions;

namespace ServerlessBlog.Tests.Infra;

/// <summary>infra/README.md lists what the templates deploy and the variables that they read.</summary>
public sealed partial class GuideTests
{
    private static string Guide => File.ReadAllText(Path.Combine(Bicep.Folder, "README.md"));

    [Fact]
    public async Task It_names_every_kind_of_resource_and_no_other()
    {
        // Not in the table: the resource group itself, and role assignments, which have a paragraph of their own.
        string[] notResources = ["Microsoft.Resources", "Microsoft.Authorization"];
        var deployed = (await Bicep.FullAsync())
            .Resources.Concat((await Bicep.PlainAsync()).Resources)
            .Select(resource => string.Join('/', ((string)resource["type"]!).Split('/').Take(2)))
            .Where(type => !notResources.Contains(type.Split('/')[0]))
            .Append("Microsoft.Web/certificates") // deployed with a domain but without Front Door
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            deployed,
            ResourceType().Matches(Guide).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void It_names_every_variable_that_can_be_set()
    {
        var variables = Variable()
            .Matches(File.ReadAllText(Path.Combine(Bicep.Folder, "main.parameters.json")))
            .Select(match => match.Groups["name"].Value);

        Assert.All(variables, name => Assert.Contains($"`{name}`", Guide, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"(?<=\| .*`)Microsoft\.\w+/\w+(?=`)")]
    private static partial Regex ResourceType();

    [GeneratedRegex(@"\$\{(?<name>BLOG_\w+)")]
    private static partial Regex Variable();
}
