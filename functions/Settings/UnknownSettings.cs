namespace ServerlessBlog.Settings;

/// <summary>
/// The settings named <c>Blog__...</c> that this version does not read: misspelled ones, and those of a newer version after a
/// rollback. They end a start on a developer's machine; in Azure they are logged and shown to moderators.
/// </summary>
public sealed partial class UnknownSettings
{
    private const string Section = "Blog";
    private const string Separator = "__";

    private UnknownSettings(IReadOnlyList<string> problems) => Problems = problems;

    /// <summary>One sentence for each unknown setting, sorted by name; empty when there is none. No value is named.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Finds the settings that <see cref="BlogSettings"/> does not read. An empty one counts as not set.</summary>
    /// <param name="configuration">Holds the settings.</param>
    /// <param name="known">The reader that <see cref="BlogSettings.Read(SettingReader)"/> was called with.</param>
    internal static UnknownSettings Find(IConfiguration configuration, SettingReader known) =>
        new([
            .. configuration
                .GetSection(Section)
                .AsEnumerable()
                .Where(setting => setting.Key != Section && !string.IsNullOrWhiteSpace(setting.Value))
                .Select(setting => SettingReader.Spelled(setting.Key))
                .Where(name => !known.Names.Contains(name))
                .Order(StringComparer.Ordinal)
                .Select(name => SentenceOn(name, [.. known.Names.Where(IsOfBlog)])),
        ]);

    /// <summary>Writes one error that names them all; nothing when there is none.</summary>
    public void Log(ILogger<UnknownSettings> logger)
    {
        if (Problems.Count > 0)
        {
            LogUnknown(logger, string.Join(' ', Problems));
        }
    }

    private static string SentenceOn(string name, IReadOnlyCollection<string> known) =>
        $"The blog has no setting {name}: "
        + (MeantBy(name, known) is { } meant ? $"did you mean {meant}?" : "remove it, or check its name.");

    /// <summary>The setting with the same last part (<c>Comments__</c> was forgotten), else the nearest one.</summary>
    private static string? MeantBy(string name, IReadOnlyCollection<string> known) =>
        known.FirstOrDefault(other => LastPartOf(other).Equals(LastPartOf(name), StringComparison.OrdinalIgnoreCase))
        ?? (
            SpellingSuggestion.Nearest(Folded(name), known.Select(Folded)) is { } near
                ? known.First(other => Folded(other) == near)
                : null
        );

    private static bool IsOfBlog(string name) =>
        name.StartsWith(Section + Separator, StringComparison.OrdinalIgnoreCase);

    private static string LastPartOf(string name) => name.Split(Separator)[^1];

    /// <summary>What differs between settings, without regard to case.</summary>
    private static string Folded(string name) => name[(Section.Length + Separator.Length)..].ToUpperInvariant();

    [LoggerMessage(Level = LogLevel.Error, Message = "Settings are not used. {Problems}")]
    private static partial void LogUnknown(ILogger logger, string problems);
}
