using SkiaSharp;

namespace ServerlessBlog.Media;

/// <summary>Finds out whether a photo can be encoded, without encoding it.</summary>
internal static class PictureDamage
{
    /// <summary>
    /// Returns a sentence when a photo cannot be encoded; otherwise null. Decodes all of it, in the smallest size that
    /// its format has.
    /// </summary>
    public static string? Find(Stream photo)
    {
        using var codec = SKCodec.Create(photo);
        if (PictureEncoder.FindProblem(codec) is { } problem)
        {
            return problem;
        }

        var size = codec.GetScaledDimensions(1f / 8);
        using var bitmap = new SKBitmap(size.Width, size.Height);
        var isWhole = codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success;
        return isWhole ? null : PictureEncoder.NotWhole;
    }
}
