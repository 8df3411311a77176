using System.Buffers.Text;
using SkiaSharp;

namespace ServerlessBlog.Media;

/// <summary>
/// Encodes photos for readers: decoded and encoded again, so that nothing but the pixels of the uploaded file is left
/// (no place, time or device), upright, in the sRGB color space, and in the widths that pages use. Animations are not
/// drawn anew: see <see cref="AnimatedPicture"/>.
/// </summary>
internal static class PictureEncoder
{
    /// <summary>Maximum size of a photo, in bytes: 25 MiB.</summary>
    public const int MaxBytes = 25 * 1024 * 1024;

    /// <summary>
    /// Maximum number of pixels of a photo: decoded, at 4 bytes each, they take 160 MB of a small machine's memory.
    /// </summary>
    public const int MaxPixels = 40_000_000;

    internal const string NotWhole = "the picture is not whole: upload it again.";
    private const int JpegQuality = 90;
    private const int WebpQuality = 82;
    private const int FullWebpQuality = 92;

    /// <summary>
    /// How many times the size of lossy WebP lossless WebP may have: drawings and screenshots stay below this factor
    /// and stay sharp, photos exceed it.
    /// </summary>
    private const double MaxLosslessFactor = 1.25;

    /// <summary>
    /// The smaller widths in pixels: for phones, for text columns, and for text columns on high-density screens.
    /// </summary>
    private static readonly int[] Widths = [480, 960, 1600];

    private static readonly SKSamplingOptions Sampling = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    /// <summary>Returns a sentence when a photo of so many bytes is too large; otherwise null.</summary>
    public static string? FindSizeProblem(long length) =>
        length > MaxBytes
            ? $"the picture has {length:N0} bytes: make it smaller, at most {MaxBytes:N0} (25 MiB)."
            : null;

    /// <summary>
    /// Returns a sentence when the beginning of a photo shows that it cannot be encoded; otherwise null. The rest of
    /// the file may be damaged all the same.
    /// </summary>
    public static string? FindProblem(Stream photo)
    {
        using var codec = SKCodec.Create(photo);
        return FindProblem(codec);
    }

    /// <summary>
    /// Encodes a photo. Returns the encoded picture, or a sentence that says why the photo cannot be encoded.
    /// </summary>
    public static (EncodedPicture? Made, string? Problem) Encode(byte[] photo)
    {
        using var data = SKData.CreateCopy(photo);
        using var codec = SKCodec.Create(data);
        if (FindProblem(codec) is { } problem)
        {
            return (null, problem);
        }

        var (width, height) = (codec.Info.Width, codec.Info.Height);
        using var bitmap = Decode(codec);
        if (bitmap is null)
        {
            return (null, NotWhole);
        }

        try
        {
            if (AnimatedPicture.TryClean(photo) is { } animation)
            {
                return (
                    new EncodedPicture(
                        new Picture(HashOf(animation.Bytes), width, height, []),
                        animation.Bytes,
                        animation.Type,
                        new Dictionary<int, byte[]>()
                    ),
                    null
                );
            }
        }
        catch (InvalidDataException)
        {
            return (null, NotWhole);
        }

        using var upright = ToUpright(bitmap, OriginOf(codec, photo));
        if (upright is not null)
        {
            bitmap.Dispose(); // 160 MB for the largest
        }

        return (EncodeAll(upright ?? bitmap, codec.EncodedFormat), null);
    }

    internal static string? FindProblem(SKCodec? codec) =>
        codec is null
            ? "this picture is of no kind that can be cleaned of what cameras write into it: "
                + "save it as JPEG, PNG or WebP."
        : (long)codec.Info.Width * codec.Info.Height > MaxPixels
            ? $"the picture has {codec.Info.Width} × {codec.Info.Height} pixels: make it smaller, "
                + $"at most {MaxPixels / 1_000_000} million."
        : null;

    private static string HashOf(byte[] file) => Base64Url.EncodeToString(SHA256.HashData(file).AsSpan(0, 12));

    /// <summary>The recorded orientation, which SkiaSharp does not read from PNG.</summary>
    private static SKEncodedOrigin OriginOf(SKCodec codec, byte[] photo) =>
        codec.EncodedOrigin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default
            ? (SKEncodedOrigin)PngChunks.ReadOrientation(photo)
            : codec.EncodedOrigin;

    /// <summary>Decodes a photo. Returns null when the file is incomplete or damaged.</summary>
    private static SKBitmap? Decode(SKCodec codec)
    {
        var info = new SKImageInfo(
            codec.Info.Width,
            codec.Info.Height,
            SKColorType.Rgba8888,
            codec.Info.IsOpaque ? SKAlphaType.Opaque : SKAlphaType.Premul,
            SKColorSpace.CreateSrgb()
        );
        var bitmap = new SKBitmap(info);
        if (codec.GetPixels(info, bitmap.GetPixels()) == SKCodecResult.Success)
        {
            return bitmap;
        }

        bitmap.Dispose();
        return null;
    }

    private static EncodedPicture EncodeAll(SKBitmap bitmap, SKEncodedImageFormat format)
    {
        var (full, type) = EncodeFull(bitmap, format);
        var smaller = new Dictionary<int, byte[]>();
        bitmap.SetImmutable(); // otherwise the image would be a copy of the pixels
        using var image = SKImage.FromBitmap(bitmap);
        foreach (
            var width in bitmap.Width > Widths[0]
                ? Widths.Where(width => width < bitmap.Width).Append(Math.Min(bitmap.Width, Widths[^1])).Distinct()
                : []
        )
        {
            var size = new SKImageInfo(
                width,
                Math.Max(1, (int)Math.Round((double)bitmap.Height * width / bitmap.Width)),
                bitmap.ColorType,
                bitmap.AlphaType,
                bitmap.ColorSpace
            );
            using var scaled = new SKBitmap(size);
            smaller[width] = image.ScalePixels(scaled.PeekPixels(), Sampling)
                ? EncodeWebp(scaled, isDrawing: format == SKEncodedImageFormat.Png)
                : throw new InvalidOperationException($"The picture could not be drawn {width} pixels wide.");
        }

        return new EncodedPicture(
            new Picture(HashOf(full), bitmap.Width, bitmap.Height, [.. smaller.Keys.Order()]),
            full,
            type,
            smaller
        );
    }

    private static (byte[] Bytes, string Type) EncodeFull(SKBitmap bitmap, SKEncodedImageFormat format) =>
        format switch
        {
            SKEncodedImageFormat.Jpeg => (Encode(bitmap, SKEncodedImageFormat.Jpeg, JpegQuality), "image/jpeg"),
            SKEncodedImageFormat.Webp => (Encode(bitmap, SKEncodedImageFormat.Webp, FullWebpQuality), "image/webp"),
            _ => (Encode(bitmap, SKEncodedImageFormat.Png, 100), "image/png"),
        };

    private static byte[] EncodeWebp(SKBitmap bitmap, bool isDrawing)
    {
        var lossy = Encode(bitmap, SKEncodedImageFormat.Webp, WebpQuality);
        if (!isDrawing)
        {
            return lossy;
        }

        using var pixels = bitmap.PeekPixels();
        using var lossless = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 75));
        return lossless is not null && lossless.Size <= lossy.Length * MaxLosslessFactor ? lossless.ToArray() : lossy;
    }

    private static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format, int quality)
    {
        using var encoded = bitmap.Encode(format, quality);
        return encoded?.ToArray()
            ?? throw new InvalidOperationException($"The picture could not be written as {format}.");
    }

    /// <summary>
    /// Returns the image in upright orientation, by the orientation that the camera recorded (Exif 2.32, tag 0x0112);
    /// null when it is upright already.
    /// </summary>
    private static SKBitmap? ToUpright(SKBitmap bitmap, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default)
        {
            return null;
        }

        var swapsAxes =
            origin
            is SKEncodedOrigin.LeftTop
                or SKEncodedOrigin.RightTop
                or SKEncodedOrigin.RightBottom
                or SKEncodedOrigin.LeftBottom;
        var (width, height) = swapsAxes ? (bitmap.Height, bitmap.Width) : (bitmap.Width, bitmap.Height);
        var upright = new SKBitmap(bitmap.Info.WithSize(width, height));
        using var canvas = new SKCanvas(upright);
        canvas.SetMatrix(
            origin switch
            {
                SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
                SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
                SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
                SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
                SKEncodedOrigin.RightTop => new SKMatrix(0, -1, width, 1, 0, 0, 0, 0, 1),
                SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, width, -1, 0, height, 0, 0, 1),
                _ => new SKMatrix(0, 1, 0, -1, 0, height, 0, 0, 1),
            }
        );
        canvas.DrawBitmap(bitmap, 0, 0, SKSamplingOptions.Default);
        return upright;
    }
}

/// <summary>A photo encoded for readers, in its full size and all smaller widths.</summary>
/// <param name="Picture">The hash and the sizes, for pages.</param>
/// <param name="Full">The encoded file in full size.</param>
/// <param name="ContentType">The content type of <paramref name="Full"/>.</param>
/// <param name="Smaller">
/// The encoded WebP files, by their widths in pixels: those of <see cref="Picture.Widths"/>.
/// </param>
public sealed record EncodedPicture(
    Picture Picture,
    byte[] Full,
    string ContentType,
    IReadOnlyDictionary<int, byte[]> Smaller
);
