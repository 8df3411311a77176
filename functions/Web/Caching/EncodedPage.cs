using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace ServerlessBlog.Web.Caching;

/// <summary>A page as it goes out: its bytes in each encoding, made once.</summary>
/// <param name="Identity">As rendered.</param>
/// <param name="Brotli">Brotli, quality 5.</param>
/// <param name="Gzip">gzip.</param>
/// <param name="Modified">When it last changed.</param>
/// <param name="Policy">Its Content-Security-Policy; null for what is no HTML.</param>
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

    /// <summary>Of what was rendered: the same bytes, the same tag. Without quotes.</summary>
    public string Tag => field ??= Base64Url.EncodeToString(SHA256.HashData(Identity.Span).AsSpan(0, 12));

    /// <summary>The ETag of <see cref="Identity"/>. Each encoding has its own (RFC 9110, 8.8.3).</summary>
    public string IdentityTag => field ??= $"\"{Tag}\"";

    /// <summary>The ETag of <see cref="Brotli"/>.</summary>
    public string BrotliTag => field ??= $"\"{Tag}-br\"";

    /// <summary>The ETag of <see cref="Gzip"/>.</summary>
    public string GzipTag => field ??= $"\"{Tag}-gzip\"";

    /// <summary>What answers say of <see cref="Modified"/>.</summary>
    public string LastModified { get; } = HeaderUtilities.FormatDate(Modified);

    /// <summary>How many bytes it holds.</summary>
    public int Size => Identity.Length + Brotli.Length + Gzip.Length;

    /// <summary>Encodes what was rendered.</summary>
    public static EncodedPage Encode(RenderedPage rendered, DateTimeOffset modified) =>
        new(rendered.Bytes, ToBrotli(rendered.Bytes), ToGzip(rendered.Bytes), modified, rendered.Policy);

    private static ReadOnlyMemory<byte> ToBrotli(byte[] html)
    {
        var encoded = new byte[BrotliEncoder.GetMaxCompressedLength(html.Length)];
        return BrotliEncoder.TryCompress(html, encoded, out var length, BrotliQuality, BrotliWindow)
            ? encoded.AsMemory(0, length).ToArray()
            : throw new InvalidOperationException("The page could not be compressed.");
    }

    private static byte[] ToGzip(byte[] html)
    {
        using var encoded = new MemoryStream();
        using (var gzip = new GZipStream(encoded, CompressionLevel.Optimal))
        {
            gzip.Write(html);
        }

        return encoded.ToArray();
    }
}
