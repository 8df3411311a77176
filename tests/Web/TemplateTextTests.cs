using System.Text.RegularExpressions;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Tests.Web;

/// <summary>All texts for readers come from <c>texts.json</c>: templates and code contain none.</summary>
public sealed partial class TemplateTextTests
{
    private static string Functions => Path.Combine(RepositoryRoot.Find(), "functions");

    [Fact]
    public void No_template_of_a_reader_page_contains_text()
    {
        var templates = Directory
            .GetFiles(Functions, "*.cshtml", SearchOption.AllDirectories)
            .Where(IsForReaders)
            .ToList();

        Assert.InRange(templates.Count, 10, int.MaxValue);
        Assert.Equal(
            [],
            templates.SelectMany(file =>
                TextIn(File.ReadAllText(file)).Select(text => $"{Path.GetFileName(file)}: {text}")
            )
        );
    }

    [Theory]
    [InlineData("<p>Hello</p>", "Hello")]
    [InlineData("@if (a.Is(b)) { <b>@x.Y</b> }\n<p>@Model.Of(\"key\", (\"a\", b)) by <i>@z</i></p>", "by")]
    [InlineData(
        "<p>\n@foreach (var x in Model.All(\"a\"))\n{\n<i aria-label=\"Menu\" class=\"menu\">@x</i>\n}\n</p>",
        "Menu"
    )]
    [InlineData("<input placeholder=\"@a[\"key\"] now\">", "now")]
    [InlineData(
        "@{ var a = \"b\"; }\n<p lang=\"en\" title=\"@Text[\"key\"]\">@(a ? \"one\" : Number(2)) · 2 »</p>"
            + "@* words *@\n@functions { string A => \"words\"; }",
        null
    )]
    public void The_text_of_a_template_is_found(string template, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], TextIn(template));

    [Fact]
    public void Every_text_is_used_and_every_used_text_exists()
    {
        var sources = Directory
            .EnumerateFiles(Functions, "*.*", SearchOption.AllDirectories)
            .Where(file =>
                Path.GetExtension(file) is ".cs" or ".cshtml" or ".js"
                && FolderOf(file)
                    is "Admin"
                        or "Comments"
                        or "Feeds"
                        or "Letters"
                        or "Posts"
                        or "Privacy"
                        or "Search"
                        or "Site"
                        or "Texts"
                        or "Web"
            )
            .Select(File.ReadAllText)
            .ToList();
        var used = sources
            .SelectMany(source => UsedKey().Matches(source))
            .Select(match => match.Groups["key"].Value)
            .ToHashSet();
        var quoted = sources
            .SelectMany(source => QuotedKey().Matches(source))
            .Select(match => match.Groups["key"].Value)
            .ToHashSet();

        var beginnings = sources
            .SelectMany(source => InterpolatedKey().Matches(source))
            .Select(match => match.Groups["beginning"].Value)
            .ToHashSet();

        Assert.Equal([], used.Where(key => !SiteTexts.IsKey(key) && !SiteTexts.IsKey(key + ".other")));
        Assert.Equal(
            [],
            SiteTexts.Keys.Where(key =>
                !quoted.Contains(key)
                && !beginnings.Any(beginning => key.StartsWith(beginning, StringComparison.Ordinal))
                && !key.StartsWith("month.", StringComparison.Ordinal)
                && !quoted.Contains(key[..Math.Max(0, key.LastIndexOf('.'))])
            )
        );
    }

    private static bool IsForReaders(string file) => FolderOf(file) is "Comments" or "Site" or "Web";

    private static string FolderOf(string file) => Path.GetRelativePath(Functions, file).Split('/')[0];

    /// <summary>The text of a template, in its elements and in the attributes that people see or hear.</summary>
    private static IEnumerable<string> TextIn(string template)
    {
        var html = template.Split("@functions")[0];
        html = Code().Replace(html, "");
        return VisibleText()
            .Matches(html)
            .Select(match => (match.Groups[1].Value + match.Groups[2].Value).Trim())
            .Where(text => text.Any(char.IsAsciiLetter));
    }

    private const string Parentheses = @"\((?>[^()]+|(?<o>\()|(?<-o>\)))*(?(o)(?!))\)";
    private const string Braces = @"\{(?>[^{}]+|(?<o>\{)|(?<-o>\}))*(?(o)(?!))\}";
    private const string Brackets = @"\[[^\]]*\]";

    /// <summary>Razor comments, directives, code blocks, control statements and expressions.</summary>
    [GeneratedRegex(
        @"@\*.*?\*@|^@(?:inherits|implements|using)[^\n]*|@"
            + Braces
            + @"|(?:@|\belse )?\b(?:if|foreach) "
            + Parentheses
            + @"|\belse\b|\breturn;|@(?:await )?"
            + Parentheses
            + @"|@(?:await )?[A-Za-z_]\w*(?:!?\??\.\w+|"
            + Brackets
            + "|"
            + Parentheses
            + ")*|[{}]",
        RegexOptions.Singleline | RegexOptions.Multiline
    )]
    private static partial Regex Code();

    [GeneratedRegex(@"(?:>|^)([^<>""]+)(?:<|$)|\b(?:aria-label|title|placeholder|alt)=""([^""]+)""")]
    private static partial Regex VisibleText();

    [GeneratedRegex(
        @"(?:\b[Tt]exts?|BuiltIn)\[""(?<key>[^""{]+)""\]|\b(?:Format|Count|Parts|TextReference)"
            + @"\(""(?<key>[a-z][a-z0-9-]*\.[a-z0-9.-]+|comments|posts)""|text:(?<key>[a-z0-9.-]+)'"
    )]
    private static partial Regex UsedKey();

    [GeneratedRegex(@"(?:""|text:)(?<key>[a-z0-9-]+(?:\.[a-z0-9-]+)*)[""']")]
    private static partial Regex QuotedKey();

    /// <summary>What the keys begin with that end in the name of a state, an action or a field.</summary>
    [GeneratedRegex("""\$"(?<beginning>[a-z]+\.[a-z-]*)\{""")]
    private static partial Regex InterpolatedKey();
}
