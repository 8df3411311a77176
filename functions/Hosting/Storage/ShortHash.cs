using System.Security.Cryptography;
using System.Text;

namespace ServerlessBlog.Hosting.Storage;

/// <summary>Stands for words where they may not stand themselves, such as in keys and in names of blobs.</summary>
internal static class ShortHash
{
    /// <summary>32 hexadecimal digits, the same for the same words: the first half of their SHA-256.</summary>
    public static string Hash(string words) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words)).AsSpan(0, 16));
}
