namespace ServerlessBlog.Admin.SignIn;

/// <summary>
/// Public keys of passkeys: ES256, and RS256 for Windows Hello, as SubjectPublicKeyInfo. Nothing here throws for a key
/// or a signature from outside.
/// </summary>
internal static class PasskeyKey
{
    private const string P256 = "1.2.840.10045.3.1.7"; // RFC 5480, 2.1.1.1
    private const int MinRsaBits = 2048;
    private const int MaxRsaBits = 4096;

    /// <summary>Whether signatures can be verified with a key.</summary>
    public static bool IsUsable(byte[] key) => Use(key, _ => true, _ => true);

    /// <summary>Whether a signature over data is by a key.</summary>
    public static bool Verify(byte[] key, byte[] data, byte[] signature) =>
        Use(
            key,
            curve => curve.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
            rsa => rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        );

    private static bool Use(byte[] key, Func<ECDsa, bool> withCurve, Func<RSA, bool> withRsa) =>
        TryUse(ECDsa.Create, key, curve => IsP256(curve) && withCurve(curve))
        || TryUse(RSA.Create, key, rsa => rsa.KeySize is >= MinRsaBits and <= MaxRsaBits && withRsa(rsa));

    private static bool IsP256(ECDsa key) =>
        key.ExportParameters(includePrivateParameters: false).Curve is { IsNamed: true, Oid.Value: P256 };

    private static bool TryUse<T>(Func<T> create, byte[] key, Func<T, bool> use)
        where T : AsymmetricAlgorithm
    {
        using var algorithm = create();
        try
        {
            algorithm.ImportSubjectPublicKeyInfo(key, out var read);
            return read == key.Length && use(algorithm);
        }
        catch (CryptographicException)
        {
            return false; // of another algorithm, or none
        }
    }
}
