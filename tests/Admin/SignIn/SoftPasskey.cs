using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ServerlessBlog.Tests.Admin.SignIn;

/// <summary>
/// An authenticator in software, with one passkey. Each part of its answers can be falsified.
/// </summary>
internal sealed class SoftPasskey : IDisposable
{
    private const byte Verified = 0x05; // a user was there, and was verified
    private const byte New = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(32);

    /// <summary>The id of the credential, in base64url.</summary>
    public string Id => Base64Url.EncodeToString(_id);

    /// <summary>The public key in the answers; that of the passkey by default.</summary>
    public byte[] PublicKey { get; set; } = [];

    /// <summary>The counter of the next answer; it does not count by itself.</summary>
    public uint Counter { get; set; }

    /// <summary>The flags of the next answers.</summary>
    public byte Flags { get; set; } = Verified;

    /// <summary>The origin of the page.</summary>
    public string Origin { get; set; } = "http://blog.test";

    /// <summary>The site that the passkey is for.</summary>
    public string Site { get; set; } = "blog.test";

    /// <summary>The purpose in the client's data; null for the right one.</summary>
    public string? Type { get; set; }

    /// <summary>True to claim that the page was in another site's frame.</summary>
    public bool IsCrossOrigin { get; set; }

    /// <summary>The fields of a form that adds the passkey.</summary>
    public (string Name, string Value)[] Create(string challenge)
    {
        byte[] length = [0, (byte)_id.Length];
        byte[] credential = [.. new byte[16], .. length, .. _id, 0xA0]; // the key follows, which nobody reads
        var key = PublicKey.Length > 0 ? PublicKey : _key.ExportSubjectPublicKeyInfo();
        return Fields(Client("webauthn.create", challenge), Data(New, credential), [], key, "");
    }

    /// <summary>The fields of a form that signs in.</summary>
    public (string Name, string Value)[] Get(string challenge, string author, Func<byte[], byte[]>? sign = null)
    {
        var (client, data) = (Client("webauthn.get", challenge), Data(0, []));
        byte[] signed = [.. data, .. SHA256.HashData(client)];
        var signature = sign?.Invoke(signed)
            ?? _key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Fields(client, data, signature, [], author);
    }

    public void Dispose() => _key.Dispose();

    private byte[] Data(byte flags, byte[] rest)
    {
        var counter = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(counter, Counter);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(Site)), (byte)(Flags | flags), .. counter, .. rest];
    }

    private byte[] Client(string type, string challenge) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                type = Type ?? type,
                challenge = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(challenge)),
                origin = Origin,
                crossOrigin = IsCrossOrigin,
            }
        );

    private (string Name, string Value)[] Fields(
        byte[] client,
        byte[] authenticator,
        byte[] signature,
        byte[] key,
        string author
    ) =>
        [
            ("id", Id),
            ("client", Base64Url.EncodeToString(client)),
            ("authenticator", Base64Url.EncodeToString(authenticator)),
            ("signature", Base64Url.EncodeToString(signature)),
            ("key", Base64Url.EncodeToString(key)),
            ("author", Base64Url.EncodeToString(Encoding.UTF8.GetBytes(author))),
        ];
}
