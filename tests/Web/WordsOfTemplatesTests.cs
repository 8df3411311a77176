using System.Text.RegularExpressions;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Tests.Web;

/// <summary>What readers see of the blog's own words is in <c>texts.json</c>, and nowhere else.</summary>
public sealed partial class WordsOfTemplatesTests
{
    private static string Functions => Path.Combine(RepositoryRoot.Find(), "functions");

    [Fact]
    public void No_template_of_a_readers_page_has_words_of_its_own()
    {
        var templates = Directory
            .GetFiles(Functions, "*.cshtml", SearchOption.AllDirectories)
            .Where(IsForReaders)
            .ToList();

        Assert.InRange(templates.Count, 10, int.MaxValue);
        Assert.Equal(
            [],
            templates.SelectMany(file =>
                WordsIn(File.ReadAllText(file)).Select(words => $"{Path.GetFileName(file)}: {words}")
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
        "@{ var a = \"b\"; }\n<p lang=\"en\" title=\"@Text[\"key\"]\">@(a ? \"one\" : Number(2)) · 2 »</p>@* words *@\n@functions { string A => \"words\"; }",
        null
    )]
    public void A_template_is_read_like_this(string template, string? words) =>
        Assert.Equal(words is null ? [] : [words], WordsIn(template));

    [Fact]
    public void Every_text_is_used_and_every_text_that_is_used_is_there()
    {
        var sources = Directory
            .EnumerateFiles(Functions, "*.*", SearchOption.AllDirectories)
            .Where(file =>
                Path.GetExtension(file) is ".cs" or ".cshtml" or ".js"
                && FolderOf(file) is "Admin" or "Comments" or "Feeds" or "Posts" or "Site" or "Texts" or "Web"
            )
            .Select(File.ReadAllText)
            .ToList();
        var used = sources
            .SelectMany(source => Used().Matches(source))
            .Select(match => match.Groups["key"].Value)
            .ToHashSet();
        var quoted = sources
            .SelectMany(source => Quoted().Matches(source))
            .Select(match => match.Groups["key"].Value)
            .ToHashSet();

        Assert.Equal([], used.Where(key => !SiteTexts.IsKey(key) && !SiteTexts.IsKey(key + ".other")));
        Assert.Equal(
            [],
            SiteTexts.Keys.Where(key =>
                !quoted.Contains(key)
                && !key.StartsWith("month.", StringComparison.Ordinal)
                && !quoted.Contains(key[..Math.Max(0, key.LastIndexOf('.'))])
            )
        );
    }

    private static bool IsForReaders(string file) => FolderOf(file) is "Comments" or "Site" or "Web";

    private static string FolderOf(string file) => Path.GetRelativePath(Functions, file).Split('/')[0];

    /// <summary>The words in a template's text, and in attributes that people see or hear.</summary>
    private static IEnumerable<string> WordsIn(string template)
    {
        var html = template.Split("@functions")[0];
        html = Code().Replace(html, "");
        return Text()
            .Matches(html)
            .Select(match => (match.Groups[1].Value + match.Groups[2].Value).Trim())
            .Where(text => text.Any(char.IsAsciiLetter));
    }

    private const string Round = @"\((?>[^()]+|(?<o>\()|(?<-o>\)))*(?(o)(?!))\)";
    private const string Curly = @"\{(?>[^{}]+|(?<o>\{)|(?<-o>\}))*(?(o)(?!))\}";
    private const string Square = @"\[[^\]]*\]";

    /// <summary>Remarks, directives, blocks of code, what decides and repeats, and what is put in.</summary>
    [GeneratedRegex(
        @"@\*.*?\*@|^@(?:inherits|implements|using)[^\n]*|@"
            + Curly
            + @"|(?:@|\belse )?\b(?:if|foreach) "
            + Round
            + @"|\belse\b|\breturn;|@(?:await )?"
            + Round
            + @"|@(?:await )?[A-Za-z_]\w*(?:!?\??\.\w+|"
            + Square
            + "|"
            + Round
            + ")*|[{}]",
        RegexOptions.Singleline | RegexOptions.Multiline
    )]
    private static partial Regex Code();

    [GeneratedRegex(@"(?:>|^)([^<>""]+)(?:<|$)|\b(?:aria-label|title|placeholder|alt)=""([^""]+)""")]
    private static partial Regex Text();

    [GeneratedRegex(
        @"(?:\b[Tt]exts?|BuiltIn)\[""(?<key>[^""{]+)""\]|\b(?:Format|Count|Parts|TextReference)\(""(?<key>[a-z][a-z0-9-]*\.[a-z0-9.-]+|comments|posts)""|text:(?<key>[a-z0-9.-]+)'"
    )]
    private static partial Regex Used();

    [GeneratedRegex(@"(?:""|text:)(?<key>[a-z0-9-]+(?:\.[a-z0-9-]+)*)[""']")]
    private static partial Regex Quoted();
}
