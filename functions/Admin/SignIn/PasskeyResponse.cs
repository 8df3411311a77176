using System.Buffers.Text;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>
/// What an authenticator answered, from a form, with the checks of Web Authentication Level 3 (sections 7.1 and 7.2,
/// https://www.w3.org/TR/webauthn-3/) for passkeys without attestation: the key of a new passkey is what the browser
/// of a signed-in author says it is.
/// </summary>
public sealed class PasskeyResponse
{
    private const int MaxIdBytes = 1023;

    // Authenticator data: hash of the site's name, flags, counter; then, with a new passkey, the model of the
    // authenticator, the length of the id, and the id (section 6.1).
    private const int FlagsAt = 32;
    private const int CounterAt = 33;
    private const int HeaderLength = 37;
    private const int IdLengthAt = HeaderLength + 16;
    private const int IdAt = IdLengthAt + 2;

    private const byte UserPresent = 0x01;
    private const byte UserVerified = 0x04;
    private const byte HasCredential = 0x40;

    /// <summary>The names of the fields of a form with a response.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    ["id", "client", "authenticator", "signature", "key", "author"];

    private readonly byte[] _id;
    private readonly byte[] _client;
    private readonly byte[] _authenticator;
    private readonly byte[] _signature;
    private readonly byte[] _key;

    private PasskeyResponse(byte[] id, byte[] client, byte[] authenticator, byte[] signature, byte[] key) =>
        (_id, _client, _authenticator, _signature, _key) = (id, client, authenticator, signature, key);

    /// <summary>The id of the credential, in base64url.</summary>
    public string Id => Base64Url.EncodeToString(_id);

    /// <summary>The public key of a new passkey as SubjectPublicKeyInfo, in base64url; empty when signing in.</summary>
    public string PublicKey => Base64Url.EncodeToString(_key);

    /// <summary>The id of the author for whom the passkey was made; empty when the authenticator has none.</summary>
    public required string Author { get; init; }

    /// <summary>The counter of signatures; 0 when the authenticator counts none.</summary>
    public uint Counter =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(_authenticator.AsSpan(CounterAt, sizeof(uint)));

    /// <summary>
    /// Reads the <see cref="Fields"/> of a form, each in base64url. Null when one of them cannot be read; never throws.
    /// </summary>
    public static PasskeyResponse? TryRead(Func<string, string> field) =>
        Decode(field("id")) is { Length: > 0 and <= MaxIdBytes } id
        && Decode(field("client")) is { } client
        && Decode(field("authenticator")) is { Length: >= HeaderLength } authenticator
        && Decode(field("signature")) is { } signature
        && Decode(field("key")) is { } key
        && Decode(field("author")) is { } author
            ? new PasskeyResponse(id, client, authenticator, signature, key)
            {
                Author = Encoding.UTF8.GetString(author),
            }
            : null;

    /// <summary>
    /// Returns the challenge that was answered, as text, when the response was made for a purpose by a verified user on
    /// a page of this origin; otherwise null.
    /// </summary>
    /// <param name="type">The purpose: <c>webauthn.create</c> or <c>webauthn.get</c>.</param>
    /// <param name="origin">The origin of the blog.</param>
    public string? ReadChallenge(string type, string origin)
    {
        try
        {
            using var client = JsonDocument.Parse(_client);
            var root = client.RootElement;
            var isOurs =
                root.GetProperty("type").GetString() == type
                && root.GetProperty("origin").GetString() == origin
                && !(root.TryGetProperty("crossOrigin", out var isCross) && isCross.ValueKind == JsonValueKind.True)
                && IsVerifiedAt(new Uri(origin).IdnHost);
            return isOurs && Decode(root.GetProperty("challenge").GetString() ?? "") is { } challenge
                ? Encoding.UTF8.GetString(challenge)
                : null;
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether the response holds a new passkey with this id, and a key that can be verified with.</summary>
    public bool IsNewPasskey =>
        (_authenticator[FlagsAt] & HasCredential) != 0
        && _authenticator.Length >= IdAt + _id.Length
        && System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(_authenticator.AsSpan(IdLengthAt)) == _id.Length
        && _authenticator.AsSpan(IdAt, _id.Length).SequenceEqual(_id)
        && PasskeyKey.IsUsable(_key);

    /// <summary>Whether the passkey has signed the response.</summary>
    public bool IsSignedBy(Passkey passkey) =>
        passkey.Id == Id
        && Decode(passkey.PublicKey) is { } key
        && PasskeyKey.Verify(key, [.. _authenticator, .. SHA256.HashData(_client)], _signature);

    private bool IsVerifiedAt(string site) =>
        CryptographicOperations.FixedTimeEquals(
            _authenticator.AsSpan(0, FlagsAt),
            SHA256.HashData(Encoding.UTF8.GetBytes(site))
        )
        && (_authenticator[FlagsAt] & (UserPresent | UserVerified)) == (UserPresent | UserVerified);

    private static byte[]? Decode(string text)
    {
        try
        {
            return Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
