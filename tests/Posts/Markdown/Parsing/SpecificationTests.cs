using System.Text.Json;
using System.Text.RegularExpressions;
using Markdig;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Posts.Markdown.Parsing;

namespace ServerlessBlog.Tests.Posts.Markdown.Parsing;

/// <summary>
/// The examples of the CommonMark and GFM specifications, before ids, sanitizing and the blog's own HTML. Every
/// deliberate difference is listed with its reason.
/// </summary>
public sealed partial class SpecificationTests
{
    private static readonly MarkdownPipeline Pipeline = PostSyntax.AddTo(new MarkdownPipelineBuilder()).Build();

    private static readonly Dictionary<int, string> CommonMarkDifferences = new()
    {
        [540] = "the program has no ICU, so a label with a capital sharp s is not one with SS",
        [602] = "GFM makes a link of an address without brackets",
        [608] = "GFM makes a link of an address without brackets",
        [611] = "GFM makes a link of an address without brackets",
        [612] = "GFM makes a link of a mail address without brackets",
    };

    private static readonly Dictionary<int, string> GfmDifferences = new()
    {
        [202] = "a row of a table must have a bar: without one, the lines stay a paragraph with all their text",
        [203] = "a delimiter row may have fewer cells than the header: authors forget one, and the table is meant",
        [653] = "an author may write every element: what is closed and what browsers block is in the report",
    };

    [Fact]
    public async Task CommonMark_0_31_2_is_rendered_as_specified()
    {
        var folder = Path.Combine(RepositoryRoot.Find(), "tests");
        await NodePackages.EnsureInstalledAsync(folder, say: null, CancellationToken.None);
        var text = await File.ReadAllTextAsync(Path.Combine(folder, "node_modules", "commonmark-spec", "spec.txt"));
        var examples = Example()
            .Matches(text.ReplaceLineEndings("\n"))
            .Select((match, index) => (index + 1, Text(match, "markdown"), Text(match, "html")))
            .ToList();

        Assert.Equal(652, examples.Count);
        AssertExamples(examples, CommonMarkDifferences);
    }

    [Fact]
    public void The_extensions_of_GFM_are_rendered_as_specified()
    {
        var examples = File.ReadLines(Path.Combine(RepositoryRoot.Find(), "tests", "data", "gfm-extensions.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Select(json =>
                (
                    json.GetProperty("number").GetInt32(),
                    json.GetProperty("markdown").GetString()!,
                    json.GetProperty("html").GetString()!
                )
            )
            .ToList();

        Assert.Equal(22, examples.Count);
        AssertExamples(examples, GfmDifferences);
    }

    private static void AssertExamples(
        IReadOnlyList<(int Number, string Markdown, string Html)> examples,
        Dictionary<int, string> differences
    )
    {
        var different = examples
            .Where(example => Normalize(example.Html) != Normalize(Markdig.Markdown.ToHtml(example.Markdown, Pipeline)))
            .Select(example => example.Number);

        Assert.Equal(differences.Keys.Order(), different);
    }

    /// <summary>Makes white space between tags, and two spellings of a cell's alignment, the same.</summary>
    private static string Normalize(string html) =>
        Alignment().Replace(html, "align=\"$1\"").Replace("<li>\n", "<li>", StringComparison.Ordinal).TrimEnd();

    private static string Text(Match match, string group) => match.Groups[group].Value.Replace('→', '\t');

    [GeneratedRegex("style=\"text-align: (left|center|right);\"")]
    private static partial Regex Alignment();

    [GeneratedRegex(@"^`{32} example\n(?<markdown>[\s\S]*?)^\.\n(?<html>[\s\S]*?)^`{32}$", RegexOptions.Multiline)]
    private static partial Regex Example();
}
