using System.Text;
using ServerlessBlog.Media;
using ServerlessBlog.Tests.Infrastructure;
using SkiaSharp;

namespace ServerlessBlog.Tests.Media;

public sealed class PictureEncoderTests
{
    [Fact]
    public void No_camera_metadata_is_left()
    {
        var photo = TestPictures.Photo(1200, 900);
        Assert.Contains(TestPictures.CameraName, Encoding.Latin1.GetString(photo), StringComparison.Ordinal);

        var (encoded, _) = PictureEncoder.Encode(photo);

        Assert.All(encoded!.Smaller.Values.Append(encoded.Full), bytes =>
        {
            Assert.DoesNotContain(TestPictures.CameraName, Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
            Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(bytes), StringComparison.OrdinalIgnoreCase);
        });
    }

    [Theory]
    [InlineData(1, 40, 20, "red")]
    [InlineData(2, 40, 20, "red")]
    [InlineData(3, 40, 20, "blue")]
    [InlineData(4, 40, 20, "blue")]
    [InlineData(5, 20, 40, "half")]
    [InlineData(6, 20, 40, "half")]
    [InlineData(7, 20, 40, "half")]
    [InlineData(8, 20, 40, "half")]
    public void A_photo_is_rotated_upright_by_its_EXIF_orientation(
        ushort orientation,
        int width,
        int height,
        string top
    )
    {
        var (encoded, _) = PictureEncoder.Encode(TestPictures.Photo(40, 20, orientation));

        using var decoded = SKBitmap.Decode(encoded!.Full);
        Assert.Equal(
            (width, height, width, height),
            (decoded.Width, decoded.Height, encoded.Picture.Width, encoded.Picture.Height)
        );
        Assert.Equal(
            top,
            (IsRed(decoded.GetPixel(2, 2)), IsRed(decoded.GetPixel(width - 3, 2))) switch
            {
                (true, true) => "red",
                (false, false) => "blue",
                _ => "half",
            }
        );
    }

    [Theory]
    [InlineData(6, false)] // taken with the camera's left side down: the bottom of the stored picture is its left
    [InlineData(8, true)]
    [InlineData(5, true)]
    [InlineData(7, false)]
    public void A_photo_taken_sideways_is_rotated_in_the_right_direction(ushort orientation, bool isRedOnTheLeft)
    {
        var (encoded, _) = PictureEncoder.Encode(TestPictures.Photo(40, 20, orientation));

        using var decoded = SKBitmap.Decode(encoded!.Full);
        Assert.Equal(isRedOnTheLeft, IsRed(decoded.GetPixel(2, 20)));
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg, "image/jpeg")]
    [InlineData(SKEncodedImageFormat.Png, "image/png")]
    [InlineData(SKEncodedImageFormat.Webp, "image/webp")]
    public void A_picture_keeps_its_format_and_gets_smaller_versions_as_WebP(SKEncodedImageFormat format, string type)
    {
        var (encoded, _) = PictureEncoder.Encode(TestPictures.Encode(1200, 600, format));

        Assert.Equal(type, encoded!.ContentType);
        Assert.Equal([480, 960, 1200], encoded.Picture.Widths);
        Assert.Equal([480, 960, 1200], encoded.Smaller.Keys.Order());
        Assert.All(encoded.Smaller, smaller =>
        {
            using var codec = SKCodec.Create(new MemoryStream(smaller.Value));
            Assert.Equal(
                (SKEncodedImageFormat.Webp, smaller.Key, smaller.Key / 2),
                (codec.EncodedFormat, codec.Info.Width, codec.Info.Height)
            );
        });
    }

    [Theory]
    [InlineData(480, 0)]
    [InlineData(481, 2)]
    [InlineData(3000, 3)]
    public void A_picture_is_never_made_larger(int width, int widths)
    {
        var (encoded, _) = PictureEncoder.Encode(TestPictures.Encode(width, 10, SKEncodedImageFormat.Png));

        Assert.Equal(widths, encoded!.Picture.Widths.Count);
        Assert.All(encoded.Picture.Widths, smaller => Assert.True(smaller <= width));
    }

    [Fact]
    public void The_hash_depends_on_the_pixels_only()
    {
        string HashOf(byte[] photo) => PictureEncoder.Encode(photo).Made!.Picture.Hash;

        Assert.Equal(
            HashOf(TestPictures.Photo(40, 20)),
            HashOf(TestPictures.Encode(40, 20, SKEncodedImageFormat.Jpeg))
        );
        Assert.NotEqual(HashOf(TestPictures.Photo(40, 20)), HashOf(TestPictures.Photo(40, 22)));
    }

    [Theory]
    [InlineData(8_000, 5_001, "the picture has 8000 × 5001 pixels: make it smaller, at most 40 million.")]
    [InlineData(60_000, 60_000, "at most 40 million.")]
    [InlineData(3_000, 3_000, "the picture is not whole: upload it again.")]
    public void A_picture_that_is_too_large_or_not_whole_is_refused_before_it_is_decoded(
        int width,
        int height,
        string expected
    ) =>
        Assert.Contains(
            expected,
            PictureEncoder.Encode(TestPictures.PngWithClaimedSize(width, height)).Problem,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_format_whose_metadata_cannot_be_removed_is_refused() =>
        Assert.Equal(
            "this picture is of no kind that can be cleaned of what cameras write into it: save it "
                + "as JPEG, PNG or WebP.",
            PictureEncoder.Encode("\0\0\0\u001cftypheic"u8.ToArray()).Problem
        );

    private static bool IsRed(SKColor color) => color.Red > color.Blue;
}
