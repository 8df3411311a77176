namespace ServerlessBlog.Texts;

/// <summary>The names of languages in themselves, and where most of their readers live.</summary>
/// <remarks>
/// From Unicode's CLDR, which the program does not have at run time (InvariantGlobalization), with the names that it
/// lacks added.
/// </remarks>
public static class LanguageNames
{
    private static readonly Lazy<Dictionary<string, (string Region, string Name)>> Languages = new(Read);

    /// <summary>
    /// The name of a language in itself, such as "Deutsch"; with the other parts of the tag when only its language is
    /// known, and the tag itself when that is not known either.
    /// </summary>
    /// <param name="tag">A BCP 47 tag.</param>
    public static string NameOf(string tag)
    {
        var language = LanguageOf(tag);
        return Languages.Value.TryGetValue(tag, out var whole) ? whole.Name
            : Languages.Value.TryGetValue(language, out var known) ? $"{known.Name} ({tag[(language.Length + 1)..]})"
            : tag;
    }

    /// <summary>
    /// The locale of a language for OpenGraph, such as "de_DE" (https://ogp.me/#optional); null for an unknown
    /// language without a region.
    /// </summary>
    /// <param name="tag">A BCP 47 tag.</param>
    [SuppressMessage("Globalization", "CA1308", Justification = "Locales have the language in lower case.")]
    public static string? LocaleOf(string tag)
    {
        var language = LanguageOf(tag);
        var region = tag.Split('-').Skip(1).FirstOrDefault(part => part.Length == 2 && part.All(char.IsAsciiLetter))
            ?? RegionOf(tag)
            ?? RegionOf(language);
        return region is null ? null : $"{language.ToLowerInvariant()}_{region.ToUpperInvariant()}";
    }

    private static string? RegionOf(string tag) =>
        Languages.Value.TryGetValue(tag, out var known) && known.Region.Length == 2 ? known.Region : null;

    private static string LanguageOf(string tag) => tag.Split('-')[0];

    private static Dictionary<string, (string Region, string Name)> Read()
    {
        using var file = typeof(LanguageNames).Assembly.GetManifestResourceStream("languages.txt")!;
        using var reader = new StreamReader(file);
        return reader
            .ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .ToDictionary(
                parts => parts[0],
                parts => (Region: parts[1], Name: parts[2]),
                StringComparer.OrdinalIgnoreCase
            );
    }
}
