using Microsoft.Extensions.Primitives;

namespace ServerlessBlog.Settings;

/// <summary>
/// The values of which one must be in the header <see cref="Header"/> of every request (<c>Blog__OriginSecret</c>), so
/// that only the CDN gets in. Two while the secret is changed: the one that the CDN still sends and the new one.
/// </summary>
public sealed class OriginSecrets
{
    /// <summary>The header of a request that holds the secret. CDNs set and overwrite it by a rule.</summary>
    public const string Header = "X-Origin-Secret";

    /// <summary>The minimum length of a secret, in characters.</summary>
    public const int MinLength = 16;

    /// <summary>The maximum number of secrets.</summary>
    public const int MaxCount = 2;

    private readonly byte[][] _hashes;

    private OriginSecrets(IEnumerable<string> secrets) => _hashes = [.. secrets.Select(Hash)];

    /// <summary>No secret: every request is let in.</summary>
    public static OriginSecrets None { get; } = new([]);

    /// <summary>False when no secret is set.</summary>
    public bool IsRequired => _hashes.Length > 0;

    /// <summary>
    /// Whether a request with these values of the header is let in. Takes the same time whichever characters are wrong.
    /// </summary>
    public bool Accepts(StringValues values)
    {
        if (!IsRequired)
        {
            return true;
        }

        if (values is not [{ } value])
        {
            return false;
        }

        var hash = Hash(value);
        return _hashes.Aggregate(false, (found, secret) =>
            CryptographicOperations.FixedTimeEquals(hash, secret) | found
        );
    }

    /// <summary>Reads one secret, or two separated by a comma; <see cref="None"/> when not set.</summary>
    /// <exception cref="SettingException">A secret is too short, or cannot be the value of a header.</exception>
    internal static OriginSecrets Read(SettingReader read, string key)
    {
        if (read.Text(key) is null)
        {
            return None;
        }

        var secrets = read.Words(key);
        return secrets.Count is > 0 and <= MaxCount && secrets.All(IsUsable)
            ? new OriginSecrets(secrets)
            : throw new SettingException(
                $"The setting {SettingReader.EnvironmentName(key)} is no secret that a header can hold: write at "
                    + $"least {MinLength} letters, digits or signs of ASCII without spaces; or two such secrets "
                    + "separated by a comma."
            );
    }

    private static bool IsUsable(string secret) =>
        secret.Length >= MinLength && secret.All(sign => char.IsBetween(sign, '!', '~'));

    /// <summary>Hashes have one length, so that comparing them does not tell the length of the secret.</summary>
    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
