using System.Buffers.Binary;
using SkiaSharp;

namespace ServerlessBlog.Media;

/// <summary>Draws the blog's icons: the owner's picture, or the built-in mark.</summary>
public static class IconEncoder
{
    /// <summary>The built-in mark: the outline of a folder in a square of 8 by 8.</summary>
    private const string Mark = "M0 2h4l1-1h3v7H0z";

    /// <summary>The side of the square that <see cref="Mark"/> is drawn in.</summary>
    private const float MarkSide = 8;

    private static readonly SKColor MarkColor = new(0xB4, 0x45, 0x2E);

    private static readonly SKSamplingOptions Sampling = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    /// <summary>Draws an icon as PNG: the whole picture in the middle of a square.</summary>
    /// <param name="picture">An encoded picture; null for the built-in mark.</param>
    /// <param name="side">The side of the square in pixels.</param>
    /// <param name="isOpaque">True for a white background, false for none.</param>
    /// <returns>The PNG; null when the picture cannot be decoded.</returns>
    public static byte[]? ToPng(byte[]? picture, int side, bool isOpaque)
    {
        using var image = picture is null ? null : SKImage.FromEncodedData(picture);
        if (picture is not null && image is null)
        {
            return null;
        }

        using var bitmap = new SKBitmap(new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Premul));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(isOpaque ? SKColors.White : SKColors.Transparent);
        if (image is null)
        {
            DrawMark(canvas, side, isOpaque);
        }
        else
        {
            var scale = (float)side / Math.Max(image.Width, image.Height);
            var (width, height) = (image.Width * scale, image.Height * scale);
            var place = SKRect.Create((side - width) / 2, (side - height) / 2, width, height);
            canvas.DrawImage(image, place, Sampling);
        }

        return bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray();
    }

    /// <summary>Wraps a PNG of at most 255 pixels as an ICO file with one picture.</summary>
    public static byte[] ToIco(byte[] png, int side)
    {
        const int headerBytes = 6 + 16;
        var icon = new byte[headerBytes + png.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(icon.AsSpan(2), 1); // an icon, not a cursor
        BinaryPrimitives.WriteUInt16LittleEndian(icon.AsSpan(4), 1); // pictures
        (icon[6], icon[7]) = ((byte)side, (byte)side);
        BinaryPrimitives.WriteUInt16LittleEndian(icon.AsSpan(10), 1); // color planes
        BinaryPrimitives.WriteUInt16LittleEndian(icon.AsSpan(12), 32); // bits per pixel
        BinaryPrimitives.WriteInt32LittleEndian(icon.AsSpan(14), png.Length);
        BinaryPrimitives.WriteInt32LittleEndian(icon.AsSpan(18), headerBytes);
        png.CopyTo(icon, headerBytes);
        return icon;
    }

    private static void DrawMark(SKCanvas canvas, int side, bool hasMargin)
    {
        using var path = SKPath.ParseSvgPathData(Mark);
        using var paint = new SKPaint();
        (paint.Color, paint.IsAntialias) = (MarkColor, true);
        var margin = hasMargin ? side / MarkSide : 0;
        canvas.Translate(margin, margin);
        canvas.Scale((side - (2 * margin)) / MarkSide);
        canvas.DrawPath(path, paint);
    }
}
