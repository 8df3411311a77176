using System.Text.RegularExpressions;
using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Admin.Posts;
using ServerlessBlog.Admin.Rules;
using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Privacy;
using ServerlessBlog.Search;
using ServerlessBlog.Search.Index;
using ServerlessBlog.Search.Queries;

namespace ServerlessBlog.Tests.Repository;

/// <summary>
/// Which folder of functions/ may depend on which, which types may use Azure's and ASP.NET Core's packages, and how
/// large folders and files may be. docs/architecture.md explains why.
/// </summary>
public sealed partial class ArchitectureTests
{
    private const int MaxFilesInFolder = 30;
    private const int MaxLinesInFile = 250;

    /// <summary>
    /// Subfolders with dependencies of their own; a file in any other subfolder belongs to its top folder.
    /// </summary>
    private static readonly string[] Subfolders =
    [
        "Comments.Endpoints",
        "Letters.Endpoints",
        "Letters.Mailings",
        "Hosting.CustomHandler",
        "Hosting.Local",
        "Hosting.Worker",
    ];

    /// <summary>
    /// The folders that each folder may depend on, beside Settings and Hosting, which all may. Program ("") may depend
    /// on all.
    /// </summary>
    internal static readonly Dictionary<string, string[]> Dependencies = new()
    {
        ["Settings"] = [],
        ["Hosting"] = [],
        ["Hosting.CustomHandler"] = [],
        ["Hosting.Worker"] = ["", "Web"],
        ["Hosting.Local"] =
        [
            "",
            "Hosting.CustomHandler",
            "Posts",
            "Media",
            "Admin",
            "Export",
            "Import",
            "Letters",
            "Comments",
            "Web",
        ],
        ["Texts"] = [],
        ["Media"] = ["Texts"],
        ["Notifications"] = [],
        ["Posts"] = ["Media", "Notifications", "Texts"],
        ["Comments"] = ["Posts", "Notifications", "Texts"],
        ["Web"] = ["Posts", "Media", "Texts"],
        ["Site"] = ["Web", "Feeds", "Posts", "Comments", "Media", "Texts"],
        ["Feeds"] = ["Web", "Comments", "Posts", "Texts"],
        ["Search"] = ["Site", "Web", "Posts", "Texts"],
        ["Letters"] = ["Comments", "Posts", "Notifications", "Texts"],
        ["Privacy"] = ["Letters", "Site", "Web", "Comments", "Posts", "Notifications", "Texts"],
        ["Letters.Mailings"] = ["Letters", "Feeds", "Web", "Posts", "Notifications", "Texts"],
        ["Letters.Endpoints"] = ["Letters", "Web", "Comments", "Posts", "Texts"],
        ["Comments.Endpoints"] = ["Site", "Web", "Comments", "Posts", "Texts"],
        ["Import"] = ["Export", "Comments", "Posts", "Media", "Texts"],
        ["Export"] = ["Letters", "Comments", "Posts", "Texts"],
        ["Webhooks"] = ["Comments", "Posts", "Notifications", "Texts"],
        ["Admin"] =
        [
            "Webhooks",
            "Privacy",
            "Letters",
            "Letters.Mailings",
            "Search",
            "Site",
            "Web",
            "Comments",
            "Posts",
            "Notifications",
            "Media",
            "Texts",
        ],
    };

    /// <summary>The folders that may use ASP.NET Core: those with endpoints, Web, and the hosts.</summary>
    private static readonly string[] FoldersWithHttp =
    [
        "",
        "Web",
        "Site",
        "Feeds",
        "Search",
        "Comments.Endpoints",
        "Letters.Endpoints",
        "Privacy",
        "Admin",
        "Hosting",
        "Hosting.CustomHandler",
        "Hosting.Worker",
        "Hosting.Local",
    ];

    /// <summary>The types of the admin area and of the search that are no endpoints and build no pages.</summary>
    private static readonly Type[] UseCases =
    [
        typeof(PostEditor),
        typeof(PostActions),
        typeof(PostListReader),
        typeof(PreviewLinks),
        typeof(PostEditorRequest),
        typeof(PostEditorResult),
        typeof(PostEditorForm),
        typeof(EditorMessages),
        typeof(AdminSignIn),
        typeof(BulkModeration),
        typeof(CommentListReader),
        typeof(ModeratorReplies),
        typeof(RulesDryRun),
        typeof(RulesForm),
        typeof(SendSignInLink),
        typeof(SignInLinkSigner),
        typeof(SignInTable),
        typeof(PrivacyRequests),
        typeof(PersonalDataStore),
        typeof(FoundPosts),
        typeof(IndexedPost),
        typeof(SearchDatabase),
        typeof(SearchIndex),
        typeof(SearchIndexBuilder),
        typeof(SearchIndexFiles),
        typeof(SearchIndexTable),
        typeof(SearchLimits),
        typeof(SearchQuery),
        typeof(SnippetBuilder),
    ];

    /// <summary>The endings of the names of stores, the types that read and write storage.</summary>
    private static readonly string[] StoreSuffixes = ["Table", "Lists", "Rows", "Files", "Cache", "QueueClient"];

    private static readonly IReadOnlyList<(Type Who, Type Knows)> Map = DependencyMap.Read();

    [Fact]
    public void A_folder_depends_only_on_those_it_may()
    {
        var wrong = Map.Where(pair =>
                DependencyMap.IsOurs(pair.Knows) && !MayDependOn(FolderOf(pair.Who), FolderOf(pair.Knows))
            )
            .Select(pair => $"{pair.Who} knows {pair.Knows}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void The_dependencies_of_every_folder_are_declared() =>
        Assert.DoesNotContain(Map.Select(pair => FolderOf(pair.Who)), folder =>
            folder.Length > 0 && !Dependencies.ContainsKey(folder)
        );

    [Fact]
    public void A_file_uses_only_namespaces_its_folder_may_depend_on()
    {
        // Constants leave no trace in compiled code; their using directive does.
        var wrong =
            from file in SourceFiles()
            let folder = FolderOf(NamespaceOfFile(file))
            from Match used in UsedNamespace().Matches(File.ReadAllText(file))
            where !MayDependOn(folder, FolderOf(used.Groups["space"].Value))
            select $"{file}: {used.Value.Trim()}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Only_stores_and_hosts_use_Azure_packages()
    {
        var wrong = Map.Where(pair =>
                IsIn(pair.Knows, "Azure")
                && !IsStore(pair.Who)
                && !FolderOf(pair.Who).StartsWith("Hosting", StringComparison.Ordinal)
            )
            .Select(pair => $"{pair.Who} knows {pair.Knows}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void Only_endpoints_Web_and_hosts_use_ASP_NET_Core()
    {
        var wrong = Map.Where(pair => IsIn(pair.Knows, "Microsoft.AspNetCore") && !MayUseHttp(pair.Who))
            // only its table of content types by file extension
            .Where(pair => !IsIn(pair.Knows, "Microsoft.AspNetCore.StaticFiles"))
            .Select(pair => $"{pair.Who} knows {pair.Knows}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void No_file_is_longer_than_250_lines() =>
        Assert.DoesNotContain(SourceFiles(), file => File.ReadLines(file).Count() > MaxLinesInFile);

    [Fact]
    public async Task No_folder_holds_more_than_30_files()
    {
        var crowded = (await RepositoryFiles.ListAsync())
            .Where(file => Path.GetExtension(file) is ".cs" or ".cshtml")
            .CountBy(file => Path.GetDirectoryName(file)!)
            .Where(folder => folder.Value > MaxFilesInFolder);

        Assert.Empty(crowded);
    }

    [Fact]
    public void Every_file_declares_the_type_and_the_namespace_that_its_path_names()
    {
        var wrong = SourceFiles()
            .Where(file =>
            {
                var text = File.ReadAllText(file);
                var space = Path.GetDirectoryName(Path.GetRelativePath(Functions, file))!.Replace('/', '.');
                var isDeclared = Regex.IsMatch(
                    text,
                    $@"\b(class|record|struct|enum|interface|delegate Task) {Path.GetFileName(file).Split('.')[0]}\b"
                );
                return !(
                    isDeclared
                    && text.Contains(
                        $"namespace ServerlessBlog{(space.Length > 0 ? "." : "")}{space};",
                        StringComparison.Ordinal
                    )
                );
            });

        Assert.Empty(wrong);
    }

    [Fact]
    public void The_paths_of_the_admin_area_are_declared_once()
    {
        var wrong = SourceFiles()
            .Concat(Directory.EnumerateFiles(Functions, "*.cshtml", SearchOption.AllDirectories))
            .Where(file =>
                File.ReadAllText(file).Contains("\"/moderate", StringComparison.Ordinal)
                || File.ReadAllText(file).Contains("\"moderate", StringComparison.Ordinal)
            );

        Assert.Equal(["AdminPaths.cs"], wrong.Select(file => Path.GetFileName(file)));
    }

    private static string Functions => Path.Combine(RepositoryRoot.Find(), "functions");

    private static bool MayDependOn(string folder, string other) =>
        folder == other
        || folder.Length == 0
        || other is "Settings" or "Hosting"
        || (Dependencies.TryGetValue(folder, out var allowed) && allowed.Contains(other));

    /// <summary>
    /// The part of the program that a namespace, without ServerlessBlog, belongs to: a key of Dependencies.
    /// </summary>
    private static string FolderOf(string space) =>
        Subfolders.FirstOrDefault(folder => space == folder || space.StartsWith(folder + ".", StringComparison.Ordinal))
        ?? space.Split('.')[0];

    private static string FolderOf(Type type) => FolderOf(DependencyMap.NamespaceOf(type));

    /// <summary>A use case is called by an endpoint and returns what the endpoint turns into a response.</summary>
    private static bool MayUseHttp(Type type) => FoldersWithHttp.Contains(FolderOf(type)) && !UseCases.Contains(type);

    private static bool IsStore(Type type) =>
        StoreSuffixes.Any(suffix => type.Name.EndsWith(suffix, StringComparison.Ordinal));

    private static bool IsIn(Type type, string space) =>
        type.Namespace == space || type.Namespace?.StartsWith(space + ".", StringComparison.Ordinal) == true;

    private static IEnumerable<string> SourceFiles() =>
        Directory
            .EnumerateFiles(Functions, "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(Functions, file).Split('/')[0] is not ("bin" or "obj"));

    private static string NamespaceOfFile(string file) =>
        Path.GetDirectoryName(Path.GetRelativePath(Functions, file))!.Replace('/', '.');

    [GeneratedRegex(@"^using (static |\w+ = )?ServerlessBlog\.(?<space>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex UsedNamespace();
}
