using System.Text.RegularExpressions;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Repository;

/// <summary>The cheap parts of .ci/release; <c>HandlerZipTests</c> has the zip.</summary>
public sealed partial class ReleaseTests
{
    private static readonly string Changelog = File.ReadAllText(RepositoryFiles.FullPath("CHANGELOG.md"));

    [Fact]
    public async Task The_text_of_a_release_is_the_section_of_its_version()
    {
        var versions = Heading().Matches(Changelog);

        Assert.NotEmpty(versions);
        foreach (Match version in versions)
        {
            var (exitCode, text) = await NotesAsync(version.Groups["version"].Value);

            Assert.Equal(0, exitCode);
            Assert.Contains($"{version.Value}\n{text}", Changelog, StringComparison.Ordinal);
            Assert.DoesNotContain("\n## ", text, StringComparison.Ordinal);
            Assert.NotEmpty(text.Trim());
        }
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("1.0.99")]
    [InlineData("Added")]
    public async Task A_version_without_a_section_is_not_released(string version)
    {
        var (exitCode, text) = await NotesAsync(version);

        Assert.Equal((1, ""), (exitCode, text));
    }

    [Fact]
    public void The_changelog_begins_with_what_is_not_released_and_has_the_newest_version_first()
    {
        var headings = Changelog
            .Split('\n')
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => line[3..])
            .ToList();
        var versions = headings.Skip(1).Select(heading => heading.Split(" - ")).ToList();

        Assert.Equal("Unreleased", headings[0]);
        Assert.All(versions, version =>
            Assert.True(version is [_, var date] && DateOnly.TryParseExact(date, "yyyy-MM-dd", out _), version[0])
        );
        Assert.Equal(versions.OrderByDescending(version => Version.Parse(version[0])), versions);
    }

    private static async Task<(int ExitCode, string Text)> NotesAsync(string version)
    {
        var script = RepositoryFiles.FullPath(".ci/release");
        await using var run = ProgramRun.Start("bash", [script, "notes", version], folder: RepositoryRoot.Find());
        return (await run.EndAsync(), run.Output);
    }

    [GeneratedRegex(@"^## (?<version>\d\S*).*$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
