namespace ServerlessBlog.Settings;

/// <summary>
/// Reads and validates single settings. An invalid one throws a <see cref="SettingException"/> that names the setting
/// as the environment spells it. Not safe for several threads.
/// </summary>
internal sealed class SettingReader(IConfiguration configuration)
{
    /// <summary>
    /// The beginning of a Key Vault reference that Azure could not resolve: the app receives the reference itself,
    /// whose text anybody can guess, in place of the secret.
    /// </summary>
    /// <remarks>https://learn.microsoft.com/azure/app-service/app-service-key-vault-references</remarks>
    private const string VaultReference = "@Microsoft.KeyVault(";

    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of the settings that were read so far, set or not, as the environment spells them.</summary>
    public IReadOnlySet<string> Names => _names;

    /// <summary>Reads a text without surrounding whitespace; null when it is not set or blank.</summary>
    public string? Text(string key) =>
        ValueOf(key)?.Trim() switch
        {
            null or "" => null,
            var text when text.StartsWith(VaultReference, StringComparison.OrdinalIgnoreCase) =>
                throw new SettingException(
                    $"The setting {EnvironmentName(key)} was not fetched from the vault: look whether "
                        + "the secret is there and the app may read it, then restart the app."
                ),
            var text => text,
        };

    /// <summary>Reads true or false.</summary>
    public bool Flag(string key, bool defaultValue) =>
        Text(key) switch
        {
            null => defaultValue,
            var text when bool.TryParse(text, out var value) => value,
            var text => throw Invalid(key, text, "write true or false"),
        };

    /// <summary>Reads a whole number from 0 to <paramref name="max"/>.</summary>
    public int Count(string key, int defaultValue, int max) =>
        Text(key) switch
        {
            null => defaultValue,
            var text
                when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                    && value <= max => value,
            var text => throw Invalid(key, text, $"write a number from 0 to {max}"),
        };

    /// <summary>Reads one of some words, ignoring case.</summary>
    public string Choice(string key, string defaultValue, params string[] words) =>
        Text(key) switch
        {
            null => defaultValue,
            var text
                when words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } word =>
                word,
            var text => throw Invalid(key, text, $"write one of: {string.Join(", ", words)}"),
        };

    /// <summary>Reads words separated by line breaks or commas; empty when not set.</summary>
    public IReadOnlyList<string> Words(string key) =>
        (Text(key) ?? "").Split(
            ['\n', '\r', ','],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );

    /// <summary>
    /// Reads the name of an HTTP header: a token of RFC 9110, section 5.6.2, of at most <paramref name="maxLength"/>
    /// characters.
    /// </summary>
    public string HeaderName(string key, string defaultValue, int maxLength) =>
        Text(key) switch
        {
            null => defaultValue,
            var text when text.Length > maxLength => throw Invalid(
                key,
                $"({text.Length} characters)",
                $"write the name of an HTTP header, at most {maxLength} characters"
            ),
            var text
                when text.All(sign =>
                    char.IsAsciiLetterOrDigit(sign) || "!#$%&'*+-.^_`|~".Contains(sign, StringComparison.Ordinal)
                ) => text,
            var text => throw Invalid(key, text, $"write the name of an HTTP header such as {defaultValue}"),
        };

    /// <summary>
    /// Reads a path with placeholders in braces, of at most <paramref name="maxLength"/> characters. The first of
    /// <paramref name="names"/> must occur exactly once, each of the others at most once.
    /// </summary>
    public string PathPattern(string key, string defaultValue, int maxLength, IReadOnlyList<string> names)
    {
        var text = Text(key) ?? defaultValue;
        var plain = names.Aggregate(text, (rest, name) => rest.Replace($"{{{name}}}", name, StringComparison.Ordinal));
        var isPath =
            plain is ['/', not '/', ..]
            && text.Length <= maxLength
            && !plain.Contains("//", StringComparison.Ordinal)
            && plain.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '/' or '-' or '_' or '.')
            && plain.Split('/').All(segment => segment is not ("." or ".."));
        var counts = names.Select(name => text.Split($"{{{name}}}").Length - 1).ToList();
        if (!isPath || counts[0] != 1 || counts.Max() > 1)
        {
            var optional = string.Join(", ", names.Skip(1).Select(name => $"{{{name}}}"));
            throw Invalid(
                key,
                text,
                $"write a path such as {defaultValue}, with {{{names[0]}}} once and, if wanted, {optional}, "
                    + $"at most {maxLength} characters"
            );
        }

        return !ReservedPaths.Contains(plain)
            ? text
            : throw Invalid(key, text, "it gives an address that the blog needs for itself");
    }

    /// <summary>
    /// Reads at most <paramref name="max"/> origins (scheme and host), separated by spaces, commas or line breaks.
    /// "none" means an empty list.
    /// </summary>
    public IReadOnlyList<string> Origins(string key, IReadOnlyList<string> defaultValue, int max)
    {
        var parts = Text(key)
            ?.Split([' ', ',', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts is null or ["none"])
        {
            return parts is null ? defaultValue : [];
        }

        return parts.Length <= max
            ?
            [
                .. parts.Select(part =>
                    Uri.TryCreate(part, UriKind.Absolute, out var origin)
                    && origin is { Scheme: "https" or "http", PathAndQuery: "/", UserInfo: "", Fragment: "" }
                        ? Origin.FromUri(origin)
                        : throw Invalid(key, part, "write scheme and host, such as https://www.youtube.com")
                ),
            ]
            : throw new SettingException(
                $"The setting {EnvironmentName(key)} names {parts.Length} origins: write at most {max}."
            );
    }

    /// <summary>Reads an IANA time zone; UTC when not set.</summary>
    public TimeZoneInfo TimeZone(string key) =>
        Text(key) switch
        {
            null => TimeZoneInfo.Utc,
            var text when TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) => zone,
            var text => throw Invalid(key, text, "write an IANA time zone such as Europe/Berlin"),
        };

    /// <summary>Reads at most <paramref name="max"/> people, separated by semicolons; empty when not set.</summary>
    public IReadOnlyList<Person> People(string key, int max)
    {
        var parts = (Text(key) ?? "").Split(
            ';',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        return parts.Length <= max
            ?
            [
                .. parts.Select(part =>
                    Person.TryParse(part, out var person)
                        ? person
                        : throw Invalid(key, part, "write \"Name <mail>; Name <mail>\"")
                ),
            ]
            : throw new SettingException(
                $"The setting {EnvironmentName(key)} names {parts.Length} people: write at most {max}."
            );
    }

    /// <summary>
    /// Reads an absolute address with one of these schemes; null when not set. It may hold a password, so the message
    /// for an invalid one does not repeat it.
    /// </summary>
    public Uri? Address(string key, string example, params string[] schemes) =>
        Text(key) switch
        {
            null => null,
            var text
                when Uri.TryCreate(text, UriKind.Absolute, out var address)
                    && schemes.Contains(address.Scheme)
                    && address.Host.Length > 0 => address,
            _ => throw new SettingException(
                $"The setting {EnvironmentName(key)} is not such an address: write one like {example}."
            ),
        };

    /// <summary>The exception for an invalid value.</summary>
    public static SettingException Invalid(string key, string text, string advice) =>
        new($"The setting {EnvironmentName(key)} is '{text}': {advice}.");

    /// <summary>The exception for a required setting that is not set.</summary>
    public static SettingException Missing(string key, string advice) =>
        new($"The setting {EnvironmentName(key)} is missing: {advice}.");

    /// <summary>The name of a setting as the environment spells it: <c>Blog__Title</c> for <c>Blog:Title</c>.</summary>
    public static string EnvironmentName(string key) => key.Replace(":", "__", StringComparison.Ordinal);

    private string? ValueOf(string key)
    {
        _names.Add(EnvironmentName(key));
        return configuration[key];
    }
}

/// <summary>
/// A setting is invalid or missing. The message is one sentence that names the setting and says what to write.
/// </summary>
public sealed class SettingException(string message) : Exception(message);
