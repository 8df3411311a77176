using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ServerlessBlog.Tests.Repository;

/// <summary>
/// What THIRD-PARTY-NOTICES.txt must say: the packages that the published handler is compiled from, by its lock file,
/// and the licences of the files in functions/ that others wrote. The texts of the licences follow in the file; they
/// are written by hand.
/// </summary>
internal static partial class ThirdPartyNotices
{
    /// <summary>The file's name, at the repository's root.</summary>
    public const string FileName = "THIRD-PARTY-NOTICES.txt";

    private const string LockFile = "functions/packages.linux-x64.lock.json";

    private const string Introduction = """
        Third-party notices

        ServerlessBlog's published handler is compiled from the packages below; each is followed by its licence
        and by whom its package names for the copyright. The texts of the licences are at the end. The notices of
        the .NET runtime, of ASP.NET Core and of SkiaSharp's native library are in files of their own beside the
        handler.
        """;

    /// <summary>Licences of packages that name a file or an address instead of an SPDX name.</summary>
    private static readonly IReadOnlyDictionary<string, string> KnownLicences = new Dictionary<string, string>
    {
        ["Apache.Arrow"] = "Apache-2.0",
        ["SQLite"] = "blessing",
        ["System.Security.Cryptography.ProtectedData"] = "MIT",
    };

    private static readonly string PackageFolder = typeof(ThirdPartyNotices)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "Packages")
        .Value!;

    /// <summary>Every package of the handler's lock file that puts code into the handler.</summary>
    public static IReadOnlyList<Package> Packages()
    {
        var locked = JsonNode.Parse(File.ReadAllText(RepositoryFiles.FullPath(LockFile)))!["dependencies"]!["net10.0"]!;
        return
        [
            .. locked
                .AsObject()
                .Select(package => (package.Key, Version: (string)package.Value!["resolved"]!))
                .Where(package => HasCode(Folder(package.Key, package.Version)))
                .Select(package => ReadPackage(package.Key, package.Version))
                .Append(DotnetRuntime((string)locked["Microsoft.DotNet.ILCompiler"]!["resolved"]!))
                .OrderBy(package => package.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }

    /// <summary>The file's beginning, up to the texts of the licences.</summary>
    public static async Task<string> GenerateAsync()
    {
        var licences = (await RepositoryFiles.ListAsync()).Where(file =>
            file.StartsWith("functions/", StringComparison.Ordinal) && Path.GetFileName(file) == "LICENSE"
        );
        return Introduction
            + "\n\n"
            + string.Concat(
                Packages().Select(package => $"{package.Name} {package.Version}: {package.Licence}\n  {package.By}\n")
            )
            + string.Concat(
                licences.Select(file =>
                    $"\n{Path.GetDirectoryName(file)}\n\n{File.ReadAllText(RepositoryFiles.FullPath(file)).Trim()}\n"
                )
            );
    }

    /// <summary>The SPDX names of one licence expression, such as <c>MIT AND Zlib</c>.</summary>
    public static IEnumerable<string> Names(string expression) =>
        expression.Split([' ', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Except(["AND", "OR", "WITH"]);

    private static Package ReadPackage(string name, string version)
    {
        var folder = Folder(name, version);
        XElement? Find(string element) =>
            XDocument
                .Load(Directory.GetFiles(folder, "*.nuspec").Single())
                .Descendants()
                .FirstOrDefault(found => found.Name.LocalName == element);
        var licence =
            Find("license") is { } found && (string?)found.Attribute("type") == "expression"
                ? found.Value
                : KnownLicences.GetValueOrDefault(name)
                    ?? throw new InvalidOperationException($"{name} {version} has no SPDX licence: look it up.");
        var by = Find("copyright")?.Value ?? Find("authors")!.Value;
        return new Package(name, version, licence, Spaces().Replace(by.Trim(), " "));
    }

    private static Package DotnetRuntime(string version) =>
        new(".NET runtime and ASP.NET Core", version, "MIT", "Copyright (c) .NET Foundation and Contributors");

    private static string Folder(string name, string version) =>
        Path.Combine(PackageFolder, name.ToLowerInvariant(), version);

    /// <summary>Whether a package has assemblies or native libraries for Linux: analyzers and tools have not.</summary>
    private static bool HasCode(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Any(file => Code().IsMatch(file));

    [GeneratedRegex(@"^lib/.*\.dll$|^runtimes/linux[^/]*/")]
    private static partial Regex Code();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    /// <param name="Name">The package's id.</param>
    /// <param name="Version">The version that the lock file holds.</param>
    /// <param name="Licence">A licence expression of SPDX names.</param>
    /// <param name="By">Its copyright line, or its authors where it has none.</param>
    internal sealed record Package(string Name, string Version, string Licence, string By);
}
