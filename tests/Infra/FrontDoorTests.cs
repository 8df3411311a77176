using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ServerlessBlog.Posts;
using ServerlessBlog.Search;
using ServerlessBlog.Settings;
using ServerlessBlog.Site.Comments;
using ServerlessBlog.Tests.Repository;

namespace ServerlessBlog.Tests.Infra;

/// <summary>What Front Door caches, and by which parts of an address.</summary>
public sealed partial class FrontDoorTests
{
    private static readonly string[] PublicFolders = ["Web", "Site", "Feeds"];

    [Fact]
    public async Task The_cache_key_has_the_query_parameters_that_the_program_reads_and_no_other()
    {
        var caching = (await RouteAsync("all"))["cacheConfiguration"]!;

        Assert.Equal("IncludeSpecifiedQueryStrings", (string)caching["queryStringCachingBehavior"]!);
        Assert.Equal(
            ReadParameters().Order(StringComparer.Ordinal),
            ((string)caching["queryParameters"]!).Split(',').Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_guide_lists_the_same_query_parameters()
    {
        var guide = DocumentFile.Open("docs/cdn.md");

        Assert.All(ReadParameters(), name =>
            Assert.Contains(guide.Lines, line => line.Contains($"`{name}`", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Private_addresses_are_not_cached_at_all()
    {
        var route = await RouteAsync("private");

        Assert.Null(route["cacheConfiguration"]);
        Assert.Equal(
            [AdminPaths.Home, $"{AdminPaths.Home}/*", "/comment/*", "/api/*", SearchPageRenderer.Path],
            route["patternsToMatch"]!.AsArray().Select(pattern => (string)pattern!)
        );
    }

    [Fact]
    public async Task No_public_page_depends_on_another_query_parameter()
    {
        var sources = (await RepositoryFiles.ListAsync()).Where(file =>
            PublicFolders.Any(folder => file.StartsWith($"functions/{folder}/", StringComparison.Ordinal))
        );

        var read = sources.SelectMany(file =>
            QueryParameter()
                .Matches(File.ReadAllText(RepositoryFiles.FullPath(file)))
                .Select(match => match.Groups["name"].Value)
        );

        Assert.Empty(read.Except(ReadParameters()));
        Assert.Contains("theme", read);
    }

    /// <summary>The query parameters of addresses outside of the admin area.</summary>
    private static IEnumerable<string> ReadParameters() =>
        ["v", "w", "theme", .. VisitorPages.Queries, .. QueryAddress.Names];

    private static async Task<JsonNode> RouteAsync(string name) =>
        (await Bicep.FullAsync())
            .ResourcesOfType("Microsoft.Cdn/profiles/afdEndpoints/routes")
            .Single(route => ((string)route["name"]!).EndsWith($"/{name}", StringComparison.Ordinal))["properties"]!;

    [GeneratedRegex(@"\.Query\[""(?<name>\w+)""\]")]
    private static partial Regex QueryParameter();
}
