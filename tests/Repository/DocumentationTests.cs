using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Theme;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infra;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Tests.Repository;

/// <summary>
/// The links of the documents resolve, their lines are short, and they name exactly the settings and fields of the
/// code.
/// </summary>
public sealed partial class DocumentationTests
{
    private const int MaxLine = 120;
    private const int MaxReadmeLines = 120;
    private const int MaxReadmeBytes = 8 * 1024;

    private static readonly IReadOnlyDictionary<string, string> Needed = new Dictionary<string, string>
    {
        ["Blog__BaseUrl"] = "https://blog.example.com",
        ["Blog__Secret"] = new string('s', BlogSettings.MinSecretLength),
    };

    [Fact]
    public async Task Every_relative_link_leads_to_a_file_and_to_a_heading_in_it()
    {
        var documents = (await DocumentFile.AllAsync()).ToDictionary(document => document.Path);

        var broken = documents.Values.SelectMany(document =>
            document
                .Links.Where(link => !link.StartsWith('/') && !Uri.TryCreate(link, UriKind.Absolute, out _))
                .Where(link => !LeadsSomewhere(document, link, documents))
                .Select(link => $"{document.Path}: {link}")
        );

        Assert.Empty(broken);
    }

    [Fact]
    public async Task Lines_of_prose_and_commands_have_at_most_120_characters()
    {
        var tooLong = (await DocumentFile.AllAsync()).SelectMany(document =>
            document
                .Prose.Concat(DocumentedCommand.In(document).SelectMany(command => command.Lines))
                .Where(line => line.Text.Length > MaxLine)
                .Select(line => $"{document.Path}, line {line.Number}: {line.Text.Length}")
        );

        Assert.Empty(tooLong);
    }

    [Fact]
    public void The_readme_is_short()
    {
        var readme = DocumentFile.Open("README.md");

        Assert.InRange(readme.Lines.Count, 1, MaxReadmeLines);
        Assert.InRange(readme.Bytes, 1, MaxReadmeBytes);
    }

    [Fact]
    public void Every_setting_is_in_the_list_of_settings_and_no_other() =>
        Assert.Equal(
            AllSettings().Order(StringComparer.Ordinal),
            DocumentFile.Open("docs/settings.md").Rows.Select(row => row.Name).Order(StringComparer.Ordinal)
        );

    [Fact]
    public async Task Every_setting_that_a_document_names_exists()
    {
        var known = AllSettings().Append("Blog__"); // how they all begin
        var unknown = (await DocumentFile.AllAsync()).SelectMany(document =>
            document
                .Lines.SelectMany(line => Setting().Matches(line).Select(match => match.Value))
                .Except(known)
                .Select(name => $"{document.Path}: {name}")
        );

        Assert.Empty(unknown);
    }

    [Fact]
    public void Numbers_in_the_list_of_settings_have_the_range_and_the_default_that_it_says()
    {
        var rows = DocumentFile
            .Open("docs/settings.md")
            .Rows.Select(row => (row.Name, Range: Range().Match(row.Columns[1]), Default: row.Columns[^1]))
            .Where(row => row.Range.Success)
            .ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            var most = int.Parse(row.Range.Groups["most"].Value, CultureInfo.InvariantCulture);
            Read((row.Name, row.Range.Groups["least"].Value));
            Read((row.Name, $"{most}"));
            Assert.Throws<SettingException>(() => Read((row.Name, $"{most + 1}")));
            Assert.Equal(Read().Comments.ToString(), Read((row.Name, row.Default)).Comments.ToString());
        });
    }

    [Fact]
    public void Every_front_matter_field_is_in_the_list_of_fields_and_no_other()
    {
        var read = new FieldReader(YamlFields.Read("title: Any", firstLine: 2), TimeZoneInfo.Utc);
        new PostMetadataReader(read).ReadMetadata("any.md");

        Assert.Equal(
            read.NamesRead.Order(StringComparer.Ordinal),
            DocumentFile.Open("docs/writing.md").Rows.Select(row => row.Name).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_example_of_front_matter_is_accepted_without_a_note()
    {
        var example = DocumentFile.Open("docs/writing.md").FenceAfter("## Front matter");

        var isRead = PostFile.TryRead(
            "example.md",
            Encoding.UTF8.GetBytes(example),
            TimeZoneInfo.Utc,
            out var file,
            out var problem
        );

        Assert.True(isRead, problem?.ToString());
        Assert.Empty(file!.Notes);
    }

    [Fact]
    public void The_example_of_texts_is_used_without_a_note()
    {
        var texts = TextOverrides.Read(DocumentFile.Open("docs/theming.md").FenceAfter("## theme/texts.json"));

        Assert.Null(texts.Problem);
        Assert.Empty(texts.Notes);
    }

    [Fact]
    public void Every_key_of_site_yml_is_in_the_list_of_keys_and_no_other()
    {
        var keys = SiteProfileReader.Read("tagline: Any").Keys;

        Assert.Equal(
            keys.Order(StringComparer.Ordinal),
            DocumentFile
                .Open("docs/theming.md")
                .Rows.Select(row => row.Name)
                .Where(name => !name.StartsWith("--", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_example_of_site_yml_is_used_without_a_note_and_has_every_key()
    {
        var example = DocumentFile.Open("docs/theming.md").FenceAfter("## theme/site.yml");

        var site = SiteProfileReader.Read(example);

        Assert.Null(site.Problem);
        Assert.Empty(site.Notes);
        Assert.All(site.Keys, key => Assert.Contains($"{key}:", example, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_custom_property_that_theming_names_is_in_the_stylesheet()
    {
        using var style = new StreamReader(typeof(Program).Assembly.GetManifestResourceStream("style.css")!);
        var sheet = style.ReadToEnd();

        var named = DocumentFile
            .Open("docs/theming.md")
            .InlineCode.Where(code => code.StartsWith("--", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(named);
        Assert.All(named, property => Assert.Contains($"  {property}: ", sheet, StringComparison.Ordinal));
    }

    private static bool LeadsSomewhere(DocumentFile from, string link, Dictionary<string, DocumentFile> documents)
    {
        var (path, anchor) = link.Split('#', 2) is [var file, var heading] ? (file, heading) : (link, null);
        var folder = Path.GetDirectoryName(RepositoryFiles.FullPath(from.Path))!;
        var target =
            path.Length == 0 ? RepositoryFiles.FullPath(from.Path) : Path.GetFullPath(Path.Combine(folder, path));
        var name = Path.GetRelativePath(RepositoryFiles.FullPath(""), target).Replace('\\', '/');
        return Path.Exists(target)
            && (anchor is null || (documents.TryGetValue(name, out var document) && document.Anchors.Contains(anchor)));
    }

    /// <summary>Every setting that the code reads; without a connection string, the services' addresses too.</summary>
    private static HashSet<string> AllSettings()
    {
        var addresses = Needed.ToDictionary();
        foreach (var service in (string[])["blob", "queue", "table"])
        {
            addresses[$"BlogStorage__{service}ServiceUri"] = $"https://account.{service}.core.windows.net";
        }

        return
        [
            .. RecordingConfiguration
                .ReadAll(addresses)
                .Names.Where(name => name.StartsWith("Blog", StringComparison.Ordinal)),
        ];
    }

    private static BlogSettings Read(params IEnumerable<(string Name, string Text)> more) =>
        BlogSettings.Read(
            new RecordingConfiguration(
                Needed.Select(setting => (setting.Key, setting.Value)).Concat(more).ToDictionary()
            )
        );

    [GeneratedRegex(@"Blog__\w*")]
    private static partial Regex Setting();

    [GeneratedRegex(@"^(?<least>\d+) to (?<most>\d+)$")]
    private static partial Regex Range();
}
