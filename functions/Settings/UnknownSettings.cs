namespace ServerlessBlog.Settings;

/// <summary>
/// The settings named <c>Blog__...</c> that this version does not read: misspelled ones, and those of a newer version
/// after a rollback. On a developer's machine they stop the start; in Azure they are logged and shown to moderators.
/// </summary>
public sealed partial class UnknownSettings
{
    private const string Section = "Blog";
    private const string Separator = "__";

    private UnknownSettings(IReadOnlyList<string> problems) => Problems = problems;

    /// <summary>
    /// One sentence per unknown setting, sorted by name; empty when there is none. Contains no values.
    /// </summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>
    /// Finds the settings that <see cref="BlogSettings"/> does not read. Blank ones count as not set.
    /// </summary>
    /// <param name="configuration">The configuration with the settings.</param>
    /// <param name="known">The reader that <see cref="BlogSettings.Read(SettingReader)"/> was called with.</param>
    internal static UnknownSettings Find(IConfiguration configuration, SettingReader known) =>
        new([
            .. configuration
                .GetSection(Section)
                .AsEnumerable()
                .Where(setting => setting.Key != Section && !string.IsNullOrWhiteSpace(setting.Value))
                .Select(setting => SettingReader.EnvironmentName(setting.Key))
                .Where(name => !known.Names.Contains(name))
                .Order(StringComparer.Ordinal)
                .Select(name => Describe(name, [.. known.Names.Where(IsBlogSetting)])),
        ]);

    /// <summary>Logs one error that lists all problems; nothing when there is none.</summary>
    public void Log(ILogger<UnknownSettings> logger)
    {
        if (Problems.Count > 0)
        {
            LogUnknown(logger, string.Join(' ', Problems));
        }
    }

    private static string Describe(string name, IReadOnlyCollection<string> known) =>
        $"The blog has no setting {name}: "
        + (FindSuggestion(name, known) is { } meant ? $"did you mean {meant}?" : "remove it, or check its name.");

    /// <summary>
    /// The setting probably meant: the one with the same last part (as when <c>Comments__</c> is missing), else the
    /// nearest one by spelling; null when none is near.
    /// </summary>
    private static string? FindSuggestion(string name, IReadOnlyCollection<string> known) =>
        known.FirstOrDefault(other => LastPart(other).Equals(LastPart(name), StringComparison.OrdinalIgnoreCase))
        ?? (
            SpellingSuggestion.Nearest(Normalize(name), known.Select(Normalize)) is { } near
                ? known.First(other => Normalize(other) == near)
                : null
        );

    private static bool IsBlogSetting(string name) =>
        name.StartsWith(Section + Separator, StringComparison.OrdinalIgnoreCase);

    private static string LastPart(string name) => name.Split(Separator)[^1];

    /// <summary>The part of a name after <c>Blog__</c>, in upper case, for comparison.</summary>
    private static string Normalize(string name) => name[(Section.Length + Separator.Length)..].ToUpperInvariant();

    [LoggerMessage(Level = LogLevel.Error, Message = "Settings are not used. {Problems}")]
    private static partial void LogUnknown(ILogger logger, string problems);
}
