namespace ServerlessBlog.Hosting.Storage;

/// <summary>Replaces texts of any length and characters by a hash, for keys and blob names.</summary>
internal static class ShortHash
{
    /// <summary>The first half of the SHA-256 of a text in UTF-8, as 32 lower-case hexadecimal digits.</summary>
    public static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
