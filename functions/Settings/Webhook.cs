namespace ServerlessBlog.Settings;

/// <summary>An address that is told of events by the Standard Webhooks specification.</summary>
/// <remarks>https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md</remarks>
/// <param name="Address">The address: https.</param>
/// <param name="Secret">The key that signs the messages: 24 to 64 bytes.</param>
public sealed record Webhook(Uri Address, ReadOnlyMemory<byte> Secret)
{
    private const string SecretPrefix = "whsec_";

    /// <summary>The key under which messages name it: a hash of the address, 32 hexadecimal digits.</summary>
    public string Key { get; } = ShortHash.Hash(Address.AbsoluteUri);

    /// <summary>Reads at most <paramref name="max"/> webhooks, one a line or separated by semicolons.</summary>
    /// <exception cref="SettingException">One is invalid; the message repeats neither address nor secret.</exception>
    internal static IReadOnlyList<Webhook> Read(SettingReader read, string key, int max)
    {
        var parts = (read.Text(key) ?? "").Split(
            [';', '\n'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        var webhooks = parts.Select((part, index) => Parse(part, index, key)).ToList();
        return parts.Length > max ? throw Invalid(key, $"names {parts.Length} webhooks: write at most {max}")
            : webhooks.DistinctBy(webhook => webhook.Key).Count() < parts.Length
                ? throw Invalid(key, "names an address twice: write each once")
            : webhooks;
    }

    private static Webhook Parse(string part, int index, string key) =>
        part.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var address, var secret]
        && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri is { Scheme: "https", UserInfo: "", Fragment: "" }
        && secret.StartsWith(SecretPrefix, StringComparison.Ordinal)
        && TryDecode(secret[SecretPrefix.Length..], out var bytes)
            ? new Webhook(uri, bytes)
            : throw Invalid(
                key,
                $"has no usable webhook in place {index + 1}: write its https address, a space, and its secret, whsec_ "
                    + "and the base64 form of 24 to 64 random bytes"
            );

    private static bool TryDecode(string base64, out byte[] bytes)
    {
        bytes = new byte[64];
        var isValid = Convert.TryFromBase64String(base64, bytes, out var length) && length is >= 24 and <= 64;
        bytes = bytes[..length];
        return isValid;
    }

    private static SettingException Invalid(string key, string problem) =>
        new($"The setting {SettingReader.EnvironmentName(key)} {problem}.");
}
