using System.Collections;
using System.Text.Encodings.Web;
using ServerlessBlog.Export;

namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// The settings of the environment as a file of an export. Secrets are named only: they are set again elsewhere.
/// </summary>
internal static class ExportedSettings
{
    private const string File = "settings.env";
    private const string Prefix = "Blog__";

    private static readonly JavaScriptEncoder Readable = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static readonly string[] Secrets =
    [
        "Blog__OriginSecret",
        "Blog__PreviousSecret",
        "Blog__Secret",
        "Blog__Smtp",
        "Blog__Webhooks",
    ];

    /// <summary>Creates the file from the environment of this process.</summary>
    public static ExportedFile Create() =>
        Create(
            Environment
                .GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .Select(variable => ((string)variable.Key, (string?)variable.Value ?? ""))
        );

    /// <summary>Creates the file from variables, without those that are no settings of the blog.</summary>
    public static ExportedFile Create(IEnumerable<(string Name, string Value)> variables) =>
        ExportedFile.FromText(
            File,
            "# The settings that the command export found in its environment (docs/settings.md).\n"
                + string.Concat(
                    variables
                        .Where(variable => variable.Name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                        .OrderBy(variable => variable.Name, StringComparer.Ordinal)
                        .Select(variable => Line(variable.Name, variable.Value))
                )
        );

    private static string Line(string name, string value) =>
        Secrets.Contains(name, StringComparer.OrdinalIgnoreCase) ? $"# {name} is a secret: set it again.\n"
        : value.AsSpan().ContainsAny("\n\r\"# ") ? $"{name}=\"{JsonEncodedText.Encode(value, Readable)}\"\n"
        : $"{name}={value}\n";
}
