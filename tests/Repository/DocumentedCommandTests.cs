using System.Text.RegularExpressions;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infra;

namespace ServerlessBlog.Tests.Repository;

/// <summary>Every command that a document shows exists as shown, or is in a list with the reason why not.</summary>
public sealed partial class DocumentedCommandTests
{
    private const string NeedsAzure = "It needs an account in Azure.";
    private const string NeedsACdn = "It needs a CDN.";

    /// <summary>
    /// A command of tests/Benchmarks that measures nothing; tests/data/upgrade/README.md describes it.
    /// </summary>
    private const string WritesTestData = "upgrade-data";

    /// <summary>How commands begin that are not checked here, and why.</summary>
    private static readonly IReadOnlyDictionary<string, string> NotTyped = new Dictionary<string, string>
    {
        [".ci/run"] = "It runs these tests.",
        [".ci/lock"] = "It renews the lock files that PackageLockTests checks.",
        ["git tag v"] = "It publishes a release.",
        ["npm --prefix tests/lighthouse "] = "It measures for minutes; its script is looked for below.",
        ["dotnet publish functions -c Release -r linux-x64 -o "] =
            "PublishedHandler types it, with a folder of its own.",
        ["dotnet build functions -p:UseFunctionsWorker=true"] = "WorkerBuild types it.",
        ["az "] = NeedsAzure,
        ["azd "] = NeedsAzure,
        ["eval \"$(azd "] = NeedsAzure,
        ["read -rs smtp "] = NeedsAzure,
        ["printf -- '---"] = NeedsAzure,
        ["curl -s \"$BLOG_ADDRESS"] = NeedsAzure,
        ["curl -sI https://blog.example.com/"] = NeedsACdn,
        ["curl -si https://YOUR-APP."] = NeedsAzure,
        ["openssl rand -hex 32 "] = NeedsAzure,
        ["export Blog__"] = NeedsAzure,
        ["for service in "] = NeedsAzure,
        ["export BlogStorage__"] = NeedsAzure,
        ["export BLOG_"] = NeedsAzure,
        ["done"] = NeedsAzure,
    };

    [Fact]
    public async Task Every_command_of_a_document_exists()
    {
        var commands = (await CommandsAsync()).Where(command => ReasonOf(command) is null).ToList();

        var problems = commands
            .Select(command => (command.Document, command.Text, Problem: ProblemWith(command)))
            .Where(found => found.Problem is not null)
            .ToList();

        Assert.NotEmpty(commands);
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Every_beginning_in_the_list_of_what_is_not_typed_is_of_a_command_in_a_document()
    {
        var commands = await CommandsAsync();

        Assert.All(NotTyped.Keys, beginning =>
            Assert.Contains(commands, command => command.Text.StartsWith(beginning, StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Every_option_that_the_readme_names_exists()
    {
        var known = LocalCommand.CreateRootCommand().Options.Select(option => option.Name).ToList();

        var named = DocumentFile
            .Open("README.md")
            .InlineCode.Where(code => code.StartsWith("--", StringComparison.Ordinal))
            .Select(code => code.Split(' ')[0])
            .ToList();

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(known));
    }

    [Fact]
    public void Every_benchmark_has_a_section_and_no_other() =>
        Assert.Equal(
            Benchmarks.Except([WritesTestData]).Append("performance").Order(StringComparer.Ordinal),
            DocumentFile.Open("docs/performance.md").Anchors.Order(StringComparer.Ordinal)
        );

    [Fact]
    public async Task The_script_that_measures_with_Lighthouse_is_there()
    {
        var package = await File.ReadAllTextAsync(RepositoryFiles.FullPath("tests/lighthouse/package.json"));

        Assert.Contains("\"measure\":", package, StringComparison.Ordinal);
    }

    /// <summary>The commands of tests/Benchmarks, read from its source: that project refers to this one.</summary>
    private static IReadOnlyList<string> Benchmarks =>
        [
            .. Directory
                .GetFiles(RepositoryFiles.FullPath("tests/Benchmarks"), "*Command.cs", SearchOption.AllDirectories)
                .SelectMany(file => NewCommand().Matches(File.ReadAllText(file)))
                .Select(match => match.Groups["name"].Value),
        ];

    private static async Task<List<DocumentedCommand>> CommandsAsync() =>
        [.. (await DocumentFile.AllAsync()).SelectMany(DocumentedCommand.In)];

    private static string? ReasonOf(DocumentedCommand command) =>
        NotTyped.FirstOrDefault(entry => command.Text.StartsWith(entry.Key, StringComparison.Ordinal)).Value;

    /// <summary>Null when the command is as its program has it.</summary>
    private static string? ProblemWith(DocumentedCommand command)
    {
        if (command.Arguments is { } arguments)
        {
            return ProblemWithSettings(command) ?? ProblemWithArguments(arguments);
        }

        var (test, benchmark) = (DotnetTest().Match(command.Text), Benchmark().Match(command.Text));
        return test.Success ? ProblemWithFilter(test.Groups["filter"].Value)
            : benchmark.Success ? ProblemWithBenchmark(benchmark.Groups["name"].Value)
            : "No test types it, and no list says why.";
    }

    private static string? ProblemWithArguments(string[] arguments) =>
        LocalCommand.CreateRootCommand().Parse(arguments).Errors.Select(error => error.Message).FirstOrDefault();

    private static string? ProblemWithSettings(DocumentedCommand command)
    {
        var settings = new RecordingConfiguration(
            new Dictionary<string, string>(command.Settings)
            {
                ["Blog__BaseUrl"] = "https://blog.example.com",
                ["Blog__Secret"] = new('s', BlogSettings.MinSecretLength),
            }
        );
        try
        {
            BlogSettings.Read(settings);
            return command
                .Settings.Select(setting => setting.Key)
                .Except(settings.Names)
                .Select(name => $"There is no setting {name}.")
                .FirstOrDefault();
        }
        catch (SettingException problem)
        {
            return problem.Message;
        }
    }

    private static string? ProblemWithFilter(string filter)
    {
        var types = typeof(DocumentedCommandTests).Assembly.GetTypes();
        return Array.Exists(types, type => type.FullName!.Contains(filter, StringComparison.Ordinal))
            ? null
            : "No test has such a name.";
    }

    private static string? ProblemWithBenchmark(string name) =>
        name == "--help" || Benchmarks.Contains(name) ? null : "There is no such benchmark.";

    [GeneratedRegex("^dotnet test( --filter \"(FullyQualifiedName~(?<filter>[^\"]+)|Category!=Slow)\")?$")]
    private static partial Regex DotnetTest();

    [GeneratedRegex("^dotnet run (-c Release )?--project tests/Benchmarks -- (?<name>\\S+)")]
    private static partial Regex Benchmark();

    [GeneratedRegex("new Command\\(\\s*\"(?<name>[a-z-]+)\"")]
    private static partial Regex NewCommand();
}
