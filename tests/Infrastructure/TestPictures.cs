using System.Buffers.Binary;
using System.Runtime.InteropServices;
using ServerlessBlog.Media;
using SkiaSharp;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>Builds image files as cameras and programs write them.</summary>
internal static class TestPictures
{
    /// <summary>The camera model in the Exif data of <see cref="Photo"/>.</summary>
    public const string CameraName = "A camera that knows where it was";

    /// <summary>Encodes a picture whose upper half is red and whose lower half is blue. Sizes are in pixels.</summary>
    public static byte[] Encode(int width, int height, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.Red);
        using var blue = new SKPaint();
        blue.Color = SKColors.Blue;
        canvas.DrawRect(0, height / 2f, width, height, blue);
        return bitmap.Encode(format, 90).ToArray();
    }

    /// <summary>
    /// Builds the largest picture that is accepted, of the kind that takes longest: a PNG of 8,000 by 5,000 pixels and
    /// 22.8 MB, with noise in the lowest four bits of its grey.
    /// </summary>
    public static byte[] Largest()
    {
        const int Width = 8_000;
        using var bitmap = new SKBitmap(
            new SKImageInfo(Width, PictureEncoder.MaxPixels / Width, SKColorType.Gray8, SKAlphaType.Opaque)
        );
        var pixels = new byte[bitmap.ByteCount];
        new Random(1).NextBytes(pixels);
        for (var index = 0; index < pixels.Length; index++)
        {
            pixels[index] &= 15;
        }

        Marshal.Copy(pixels, 0, bitmap.GetPixels(), pixels.Length);
        return bitmap.Encode(SKEncodedImageFormat.Png, 90).ToArray();
    }

    /// <summary>
    /// Builds a JPEG with an Exif segment that holds the camera model (tag 0x0110) and the orientation, 1 to 8 (Exif
    /// 2.32, tag 0x0112).
    /// </summary>
    public static byte[] Photo(int width, int height, ushort orientation = 1)
    {
        var jpeg = Encode(width, height, SKEncodedImageFormat.Jpeg);
        var name = System.Text.Encoding.ASCII.GetBytes(CameraName + "\0");
        var tiff = new byte[8 + 2 + (2 * 12) + 4 + name.Length];
        "MM\0*"u8.CopyTo(tiff);
        BinaryPrimitives.WriteUInt32BigEndian(tiff.AsSpan(4), 8);
        BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(8), 2);
        Write(tiff.AsSpan(10), tag: 0x0110, type: 2, name.Length, 38u); // Model
        Write(tiff.AsSpan(22), tag: 0x0112, type: 3, 1, (uint)orientation << 16);
        name.CopyTo(tiff, 38);
        var head = new byte[10];
        BinaryPrimitives.WriteUInt16BigEndian(head, 0xFFE1);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), (ushort)(tiff.Length + 8));
        "Exif\0\0"u8.CopyTo(head.AsSpan(4));
        return [.. jpeg[..2], .. head, .. tiff, .. jpeg[2..]];
    }

    /// <summary>
    /// Builds a PNG whose header claims this size while its data is that of a picture of 2 by 2 pixels.
    /// </summary>
    public static byte[] PngWithClaimedSize(int width, int height)
    {
        var png = Encode(2, 2, SKEncodedImageFormat.Png);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), System.IO.Hashing.Crc32.HashToUInt32(png.AsSpan(12, 17)));
        return png;
    }

    private static void Write(Span<byte> entry, ushort tag, ushort type, int count, uint value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(entry, tag);
        BinaryPrimitives.WriteUInt16BigEndian(entry[2..], type);
        BinaryPrimitives.WriteInt32BigEndian(entry[4..], count);
        BinaryPrimitives.WriteUInt32BigEndian(entry[8..], value);
    }
}
