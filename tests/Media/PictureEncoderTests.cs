using System.Text;
using ServerlessBlog.Media;
using ServerlessBlog.Tests.Infrastructure;
using SkiaSharp;

namespace ServerlessBlog.Tests.Media;

public sealed class PictureEncoderTests
{
    [Fact]
    public void Nothing_that_a_camera_wrote_is_left()
    {
        var photo = TestPictures.Photo(1200, 900);
        Assert.Contains(TestPictures.Camera, Encoding.Latin1.GetString(photo), StringComparison.Ordinal);

        var (made, _) = PictureEncoder.Make(photo);

        Assert.All(made!.Smaller.Values.Append(made.Full), bytes =>
        {
            Assert.DoesNotContain(TestPictures.Camera, Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
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
    public void A_photo_is_turned_the_right_way_up(ushort orientation, int width, int height, string top)
    {
        var (made, _) = PictureEncoder.Make(TestPictures.Photo(40, 20, orientation));

        using var drawn = SKBitmap.Decode(made!.Full);
        Assert.Equal(
            (width, height, width, height),
            (drawn.Width, drawn.Height, made.Picture.Width, made.Picture.Height)
        );
        Assert.Equal(
            top,
            (IsRed(drawn.GetPixel(2, 2)), IsRed(drawn.GetPixel(width - 3, 2))) switch
            {
                (true, true) => "red",
                (false, false) => "blue",
                _ => "half",
            }
        );
    }

    [Theory]
    [InlineData(6, false)] // held with its left side down: what was at the bottom is on the left
    [InlineData(8, true)]
    [InlineData(5, true)]
    [InlineData(7, false)]
    public void A_photo_on_its_side_is_turned_to_the_right_side(ushort orientation, bool isRedOnTheLeft)
    {
        var (made, _) = PictureEncoder.Make(TestPictures.Photo(40, 20, orientation));

        using var drawn = SKBitmap.Decode(made!.Full);
        Assert.Equal(isRedOnTheLeft, IsRed(drawn.GetPixel(2, 20)));
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg, "image/jpeg")]
    [InlineData(SKEncodedImageFormat.Png, "image/png")]
    [InlineData(SKEncodedImageFormat.Webp, "image/webp")]
    public void A_picture_keeps_its_kind_and_comes_in_the_widths_that_pages_ask_for(
        SKEncodedImageFormat format,
        string type
    )
    {
        var (made, _) = PictureEncoder.Make(TestPictures.Encode(1200, 600, format));

        Assert.Equal(type, made!.ContentType);
        Assert.Equal([480, 960, 1200], made.Picture.Widths);
        Assert.Equal([480, 960, 1200], made.Smaller.Keys.Order());
        Assert.All(made.Smaller, smaller =>
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
        var (made, _) = PictureEncoder.Make(TestPictures.Encode(width, 10, SKEncodedImageFormat.Png));

        Assert.Equal(widths, made!.Picture.Widths.Count);
        Assert.All(made.Picture.Widths, smaller => Assert.True(smaller <= width));
    }

    [Fact]
    public void Other_pixels_give_another_hash_and_the_same_pixels_the_same()
    {
        string HashOf(byte[] photo) => PictureEncoder.Make(photo).Made!.Picture.Hash;

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
    public void A_picture_that_is_too_large_or_not_whole_is_refused_before_it_costs_anything(
        int width,
        int height,
        string sentence
    ) =>
        Assert.Contains(
            sentence,
            PictureEncoder.Make(TestPictures.Hollow(width, height)).Problem,
            StringComparison.Ordinal
        );

    [Fact]
    public void What_cannot_be_cleaned_is_refused() =>
        Assert.Equal(
            "this picture is of no kind that can be cleaned of what cameras write into it: save it as JPEG, PNG or WebP.",
            PictureEncoder.Make("\0\0\0\u001cftypheic"u8.ToArray()).Problem
        );

    private static bool IsRed(SKColor color) => color.Red > color.Blue;
}
