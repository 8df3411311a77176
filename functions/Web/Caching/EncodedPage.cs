using System.Buffers.Text;
using System.IO.Compression;
using Microsoft.Net.Http.Headers;

namespace ServerlessBlog.Web.Caching;

/// <summary>
/// A rendered page with its bytes in every encoding, compressed once at render. Immutable and safe for any number of
/// threads.
/// </summary>
/// <param name="Identity">The bytes as rendered, not compressed.</param>
/// <param name="Brotli">The same bytes, compressed with Brotli at quality 5.</param>
/// <param name="Gzip">The same bytes, compressed with gzip.</param>
/// <param name="Modified">When the page last changed; sent as Last-Modified.</param>
/// <param name="Policy">
/// The page's Content-Security-Policy; null for a stylesheet, a script or another response that is not HTML.
/// </param>
public sealed record EncodedPage(
    ReadOnlyMemory<byte> Identity,
    ReadOnlyMemory<byte> Brotli,
    ReadOnlyMemory<byte> Gzip,
    DateTimeOffset Modified,
    string? Policy
)
{
    private const int BrotliQuality = 5;
    private const int BrotliWindow = 22;

    /// <summary>
    /// A hash of <see cref="Identity"/> without quotation marks: 16 base64url characters, the first 12 bytes of
    /// SHA-256. Equal bytes have an equal tag.
    /// </summary>
    public string Tag => field ??= Base64Url.EncodeToString(SHA256.HashData(Identity.Span).AsSpan(0, 12));

    /// <summary>The ETag of <see cref="Identity"/>. Each encoding has its own (RFC 9110, 8.8.3).</summary>
    public string IdentityTag => field ??= $"\"{Tag}\"";

    /// <summary>The ETag of <see cref="Brotli"/>.</summary>
    public string BrotliTag => field ??= $"\"{Tag}-br\"";

    /// <summary>The ETag of <see cref="Gzip"/>.</summary>
    public string GzipTag => field ??= $"\"{Tag}-gzip\"";

    /// <summary><see cref="Modified"/> as the value of the Last-Modified header.</summary>
    public string LastModified { get; } = HeaderUtilities.FormatDate(Modified);

    /// <summary>The bytes of all three encodings together; its size in the memory cache.</summary>
    public int Size => Identity.Length + Brotli.Length + Gzip.Length;

    /// <summary>Compresses a rendered page.</summary>
    public static EncodedPage Encode(RenderedPage rendered, DateTimeOffset modified) =>
        new(rendered.Bytes, ToBrotli(rendered.Bytes), ToGzip(rendered.Bytes), modified, rendered.Policy);

    private static ReadOnlyMemory<byte> ToBrotli(byte[] bytes)
    {
        var encoded = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, encoded, out var length, BrotliQuality, BrotliWindow)
            ? encoded.AsMemory(0, length).ToArray()
            : throw new InvalidOperationException("The page could not be compressed.");
    }

    private static byte[] ToGzip(byte[] bytes)
    {
        using var encoded = new MemoryStream();
        using (var gzip = new GZipStream(encoded, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return encoded.ToArray();
    }
}

/// <summary>A page as rendered, not yet compressed.</summary>
/// <param name="Bytes">The page, in UTF-8.</param>
/// <param name="Policy">The Content-Security-Policy to send with it; null for a response that is not HTML.</param>
public sealed record RenderedPage(byte[] Bytes, string? Policy);
