using System.Globalization;

namespace ServerlessBlog.Settings;

/// <summary>Reads settings one by one; what cannot be used ends in a <see cref="SettingException"/> that names the setting as the environment spells it.</summary>
internal sealed class SettingReader(IConfiguration configuration)
{
    /// <summary>What Azure leaves in place of a secret that it could not fetch: words that anybody can guess.</summary>
    /// <remarks>https://learn.microsoft.com/azure/app-service/app-service-key-vault-references</remarks>
    private const string VaultReference = "@Microsoft.KeyVault(";

    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The settings that were asked for so far, set or not, as the environment spells them.</summary>
    public IReadOnlySet<string> Names => _names;

    public string? Text(string key) =>
        ValueOf(key)?.Trim() switch
        {
            null or "" => null,
            var text when text.StartsWith(VaultReference, StringComparison.OrdinalIgnoreCase) =>
                throw new SettingException(
                    $"The setting {Spelled(key)} was not fetched from the vault: look whether the secret is there and the app may read it, then restart the app."
                ),
            var text => text,
        };

    public bool Flag(string key, bool otherwise) =>
        Text(key) switch
        {
            null => otherwise,
            var text when bool.TryParse(text, out var value) => value,
            var text => throw Wrong(key, text, "write true or false"),
        };

    public int Count(string key, int otherwise, int most) =>
        Text(key) switch
        {
            null => otherwise,
            var text
                when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                    && value <= most => value,
            var text => throw Wrong(key, text, $"write a number from 0 to {most}"),
        };

    /// <summary>Words apart by line ends or commas.</summary>
    public IReadOnlyList<string> Words(string key) =>
        (Text(key) ?? "").Split(
            ['\n', '\r', ','],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );

    /// <summary>The name of an HTTP header: a token of RFC 9110, section 5.6.2.</summary>
    public string HeaderName(string key, string otherwise, int longest) =>
        Text(key) switch
        {
            null => otherwise,
            var text when text.Length > longest => throw Wrong(
                key,
                $"({text.Length} characters)",
                $"write the name of an HTTP header, at most {longest} characters"
            ),
            var text
                when text.All(sign =>
                    char.IsAsciiLetterOrDigit(sign) || "!#$%&'*+-.^_`|~".Contains(sign, StringComparison.Ordinal)
                ) => text,
            var text => throw Wrong(key, text, $"write the name of an HTTP header such as {otherwise}"),
        };

    /// <summary>A path with names in braces, the first of which it must have, and once: so often it is as long as it may be.</summary>
    public string PathPattern(string key, string otherwise, int longest, IReadOnlyList<string> names)
    {
        var text = Text(key) ?? otherwise;
        var plain = names.Aggregate(text, (rest, name) => rest.Replace($"{{{name}}}", name, StringComparison.Ordinal));
        var isPath =
            plain is ['/', not '/', ..]
            && text.Length <= longest
            && !plain.Contains("//", StringComparison.Ordinal)
            && plain.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '/' or '-' or '_' or '.')
            && plain.Split('/').All(segment => segment is not ("." or ".."));
        if (!isPath || text.Split($"{{{names[0]}}}").Length != 2)
        {
            throw Wrong(
                key,
                text,
                $"write a path such as {otherwise}, with {{{names[0]}}} once and, if wanted, {string.Join(", ", names.Skip(1).Select(name => $"{{{name}}}"))}, at most {longest} characters"
            );
        }

        return !ReservedPaths.Contain(plain.Split('/')[1])
            ? text
            : throw Wrong(key, text, "it begins with a name that the blog needs for itself");
    }

    /// <summary>Scheme and host of each, apart by spaces, commas or lines. "none" for none.</summary>
    public IReadOnlyList<string> Origins(string key, IReadOnlyList<string> otherwise, int most)
    {
        var parts = Text(key)
            ?.Split([' ', ',', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts is null or ["none"])
        {
            return parts is null ? otherwise : [];
        }

        return parts.Length <= most
            ?
            [
                .. parts.Select(part =>
                    Uri.TryCreate(part, UriKind.Absolute, out var origin)
                    && origin is { Scheme: "https" or "http", PathAndQuery: "/", UserInfo: "", Fragment: "" }
                        ? Origin.FromUri(origin)
                        : throw Wrong(key, part, "write scheme and host, such as https://www.youtube.com")
                ),
            ]
            : throw new SettingException(
                $"The setting {Spelled(key)} names {parts.Length} origins: write at most {most}."
            );
    }

    public TimeZoneInfo TimeZone(string key) =>
        Text(key) switch
        {
            null => TimeZoneInfo.Utc,
            var text when TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) => zone,
            var text => throw Wrong(key, text, "write an IANA time zone such as Europe/Berlin"),
        };

    public IReadOnlyList<Person> People(string key, int most)
    {
        var parts = (Text(key) ?? "").Split(
            ';',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        return parts.Length <= most
            ?
            [
                .. parts.Select(part =>
                    Person.TryParse(part, out var person)
                        ? person
                        : throw Wrong(key, part, "write \"Name <mail>; Name <mail>\"")
                ),
            ]
            : throw new SettingException(
                $"The setting {Spelled(key)} names {parts.Length} people: write at most {most}."
            );
    }

    /// <summary>An absolute address with one of these schemes. It may hold a password, so a wrong one is not repeated.</summary>
    public Uri? Address(string key, string example, params string[] schemes) =>
        Text(key) switch
        {
            null => null,
            var text
                when Uri.TryCreate(text, UriKind.Absolute, out var address)
                    && schemes.Contains(address.Scheme)
                    && address.Host.Length > 0 => address,
            _ => throw new SettingException(
                $"The setting {Spelled(key)} is not such an address: write one like {example}."
            ),
        };

    public static SettingException Wrong(string key, string text, string advice) =>
        new($"The setting {Spelled(key)} is '{text}': {advice}.");

    public static SettingException Missing(string key, string advice) =>
        new($"The setting {Spelled(key)} is missing: {advice}.");

    /// <summary>A setting's name as the environment spells it: <c>Blog__Title</c> for <c>Blog:Title</c>.</summary>
    public static string Spelled(string key) => key.Replace(":", "__", StringComparison.Ordinal);

    private string? ValueOf(string key)
    {
        _names.Add(Spelled(key));
        return configuration[key];
    }
}
