using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace ServerlessBlog.Tests.Repository;

/// <summary>
/// The lock files of NuGet packages are up to date. CI restores what they hold and nothing else; this says so sooner,
/// and what to do: .ci/lock.
/// </summary>
public sealed class PackageLockTests
{
    private static readonly IReadOnlyDictionary<string, string> Versions = XDocument
        .Load(RepositoryFiles.FullPath("Directory.Packages.props"))
        .Descendants("PackageVersion")
        .ToDictionary(
            package => (string)package.Attribute("Include")!,
            package => (string)package.Attribute("Version")!
        );

    [Theory]
    [InlineData("functions/packages.lock.json", "functions/ServerlessBlog.csproj", "")]
    [InlineData("functions/packages.linux-x64.lock.json", "functions/ServerlessBlog.csproj", "")]
    [InlineData(
        "functions/packages.worker.lock.json",
        "functions/ServerlessBlog.csproj",
        "Microsoft.Azure.Functions.Worker.Sdk"
    )]
    [InlineData("tests/packages.lock.json", "tests/ServerlessBlog.Tests.csproj", "")]
    [InlineData("tests/Benchmarks/packages.lock.json", "tests/Benchmarks/ServerlessBlog.Benchmarks.csproj", "")]
    public void A_lock_file_holds_the_packages_that_the_project_names_in_their_versions(
        string lockFile,
        string project,
        string conditional
    )
    {
        var locked = JsonNode.Parse(File.ReadAllText(RepositoryFiles.FullPath(lockFile)))!["dependencies"]!["net10.0"]!
            .AsObject()
            .Where(package => (string)package.Value!["type"]! == "Direct" && Versions.ContainsKey(package.Key))
            .Select(package => $"{package.Key} {package.Value!["resolved"]}");
        var named = XDocument
            .Load(RepositoryFiles.FullPath(project))
            .Descendants("PackageReference")
            .Where(package =>
                package.Attribute("Condition") is null || (string)package.Attribute("Include")! == conditional
            )
            .Select(package => (string)package.Attribute("Include")!)
            .Select(name => $"{name} {Versions[name]}");

        Assert.Equal(named.Order(StringComparer.Ordinal), locked.Order(StringComparer.Ordinal));
    }
}
