using System.Buffers.Text;
using System.Security.Cryptography;
using SkiaSharp;

namespace ServerlessBlog.Media;

/// <summary>
/// Makes what readers get of a photo: drawn anew, so that nothing but its pixels is left of the file (no place, no time, no camera), turned the right
/// way up, in the web's colours, and in the widths that pages ask for.
/// </summary>
internal static class PictureEncoder
{
    /// <summary>The most bytes of a photo: 25 MiB.</summary>
    public const int MaxBytes = 25 * 1024 * 1024;

    /// <summary>The most pixels of a photo: drawn, four bytes each, it must fit into a small machine's memory.</summary>
    public const int MaxPixels = 40_000_000;

    private const int JpegQuality = 90;
    private const int WebpQuality = 82;
    private const int FullWebpQuality = 92;

    /// <summary>What lossless WebP may cost over lossy: drawings and screenshots stay sharp for it, and photos do not.</summary>
    private const double LosslessAllowance = 1.25;

    /// <summary>Phones, texts on a plain screen, texts on a fine one.</summary>
    private static readonly int[] Widths = [480, 960, 1600];

    private static readonly SKSamplingOptions Sampling = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    /// <summary>Makes it. Of a picture that cannot be made: why.</summary>
    public static (EncodedPicture? Made, string? Problem) Make(byte[] photo)
    {
        using var data = SKData.CreateCopy(photo);
        using var codec = SKCodec.Create(data);
        if (codec is null)
        {
            return (
                null,
                "this picture is of no kind that can be cleaned of what cameras write into it: save it as JPEG, PNG or WebP."
            );
        }

        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > MaxPixels)
        {
            return (
                null,
                $"the picture has {width} × {height} pixels: make it smaller, at most {MaxPixels / 1_000_000} million."
            );
        }

        var info = new SKImageInfo(
            width,
            height,
            SKColorType.Rgba8888,
            codec.Info.IsOpaque ? SKAlphaType.Opaque : SKAlphaType.Premul,
            SKColorSpace.CreateSrgb()
        );
        using var drawn = new SKBitmap(info);
        if (codec.GetPixels(info, drawn.GetPixels()) != SKCodecResult.Success)
        {
            return (null, "the picture is not whole: upload it again.");
        }

        using var upright = Upright(drawn, codec.EncodedOrigin);
        return (Make(upright ?? drawn, codec.EncodedFormat), null);
    }

    private static EncodedPicture Make(SKBitmap drawn, SKEncodedImageFormat format)
    {
        var (full, type) = Full(drawn, format);
        var smaller = new Dictionary<int, byte[]>();
        using var image = SKImage.FromBitmap(drawn);
        foreach (
            var width in drawn.Width > Widths[0]
                ? Widths.Where(width => width < drawn.Width).Append(Math.Min(drawn.Width, Widths[^1])).Distinct()
                : []
        )
        {
            var size = new SKImageInfo(
                width,
                Math.Max(1, (int)Math.Round((double)drawn.Height * width / drawn.Width)),
                drawn.ColorType,
                drawn.AlphaType,
                drawn.ColorSpace
            );
            using var scaled = new SKBitmap(size);
            smaller[width] = image.ScalePixels(scaled.PeekPixels(), Sampling)
                ? Webp(scaled, isDrawing: format == SKEncodedImageFormat.Png)
                : throw new InvalidOperationException($"The picture could not be drawn {width} pixels wide.");
        }

        var hash = Base64Url.EncodeToString(SHA256.HashData(full).AsSpan(0, 12));
        return new EncodedPicture(
            new Picture(hash, drawn.Width, drawn.Height, [.. smaller.Keys.Order()]),
            full,
            type,
            smaller
        );
    }

    private static (byte[] Bytes, string Type) Full(SKBitmap drawn, SKEncodedImageFormat format) =>
        format switch
        {
            SKEncodedImageFormat.Jpeg => (Encode(drawn, SKEncodedImageFormat.Jpeg, JpegQuality), "image/jpeg"),
            SKEncodedImageFormat.Webp => (Encode(drawn, SKEncodedImageFormat.Webp, FullWebpQuality), "image/webp"),
            _ => (Encode(drawn, SKEncodedImageFormat.Png, 100), "image/png"),
        };

    private static byte[] Webp(SKBitmap drawn, bool isDrawing)
    {
        var lossy = Encode(drawn, SKEncodedImageFormat.Webp, WebpQuality);
        if (!isDrawing)
        {
            return lossy;
        }

        using var pixels = drawn.PeekPixels();
        using var lossless = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 75));
        return lossless is not null && lossless.Size <= lossy.Length * LosslessAllowance ? lossless.ToArray() : lossy;
    }

    private static byte[] Encode(SKBitmap drawn, SKEncodedImageFormat format, int quality)
    {
        using var encoded = drawn.Encode(format, quality);
        return encoded?.ToArray()
            ?? throw new InvalidOperationException($"The picture could not be written as {format}.");
    }

    /// <summary>Turned as the camera says (Exif 2.32, tag 0x0112). Null when it is the right way up.</summary>
    private static SKBitmap? Upright(SKBitmap drawn, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default)
        {
            return null;
        }

        var isOnItsSide =
            origin
            is SKEncodedOrigin.LeftTop
                or SKEncodedOrigin.RightTop
                or SKEncodedOrigin.RightBottom
                or SKEncodedOrigin.LeftBottom;
        var (width, height) = isOnItsSide ? (drawn.Height, drawn.Width) : (drawn.Width, drawn.Height);
        var upright = new SKBitmap(drawn.Info.WithSize(width, height));
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
        canvas.DrawBitmap(drawn, 0, 0, SKSamplingOptions.Default);
        return upright;
    }
}
