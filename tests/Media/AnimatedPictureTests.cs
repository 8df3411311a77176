using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Media;
using ServerlessBlog.Tests.Infrastructure;
using SkiaSharp;

namespace ServerlessBlog.Tests.Media;

/// <summary>Animations (P01) and the orientation of PNG (P02), also of files that are cut or damaged.</summary>
public sealed class AnimatedPictureTests
{
    private const string Secret = "54.3213N 10.1348E";

    [Theory]
    [InlineData("anim.png", "image/png", 6)]
    [InlineData("anim.webp", "image/webp", 6)]
    [InlineData("fakegif.png", "image/gif", 6)] // a GIF: its content counts, not its name
    public void An_animation_keeps_its_frames_and_loses_its_metadata(string name, string type, int frames)
    {
        Assert.Equal("animated WebP, APNG, GIF named .png", TextCase.Find("P01"));
        var file = Read(name);
        var withMetadata = AddMetadata(file);
        Assert.Contains(Secret, Encoding.Latin1.GetString(withMetadata), StringComparison.Ordinal);

        var (encoded, problem) = PictureEncoder.Encode(withMetadata);

        Assert.Null(problem);
        Assert.Equal(
            (type, 600, 200, 0),
            (encoded!.ContentType, encoded.Picture.Width, encoded.Picture.Height, encoded.Smaller.Count)
        );
        Assert.DoesNotContain(Secret, Encoding.Latin1.GetString(encoded.Full), StringComparison.Ordinal);
        Assert.Equal(frames, CountFrames(encoded.Full));
        Assert.Equal(PictureEncoder.Encode(file).Made!.Full, encoded.Full);
        Assert.Equal(file.Length, encoded.Full.Length); // nothing else is taken out
    }

    [Fact]
    public void A_GIF_of_one_frame_stays_a_GIF_and_other_pictures_of_one_frame_are_drawn_anew()
    {
        var gif = Read("fakegif.png");
        var oneFrame = (byte[])[.. gif[..EndOfFirstGifFrame(gif)], 0x3B];

        Assert.Equal(oneFrame, PictureEncoder.Encode(oneFrame).Made!.Full);
        Assert.Null(AnimatedPicture.TryClean(TestPictures.Encode(40, 20, SKEncodedImageFormat.Png)));
        Assert.Null(AnimatedPicture.TryClean(TestPictures.Encode(40, 20, SKEncodedImageFormat.Webp)));
        Assert.Null(AnimatedPicture.TryClean(TestPictures.Encode(40, 20, SKEncodedImageFormat.Jpeg)));
        Assert.Null(AnimatedPicture.TryClean([]));
    }

    [Theory]
    [InlineData("anim.png")]
    [InlineData("anim.webp")]
    [InlineData("fakegif.png")]
    [InlineData("exif6.png")]
    public void A_cut_picture_is_refused(string name)
    {
        var file = Read(name);
        for (var length = 0; length < file.Length - 12; length += 1 + (file.Length / 150))
        {
            Assert.NotNull(PictureEncoder.Encode(file[..length]).Problem);
        }
    }

    [Theory]
    [InlineData("anim.png")]
    [InlineData("anim.webp")]
    [InlineData("fakegif.png")]
    [InlineData("exif6.png")]
    public void A_picture_with_a_flipped_bit_is_encoded_or_refused_and_never_fails(string name)
    {
        var (file, random) = (Read(name), new Random(19));
        for (var round = 0; round < 300; round++)
        {
            var damaged = file.ToArray();
            var at = round < 100 ? round : random.Next(file.Length); // every byte of the header, and any
            damaged[at] ^= (byte)(1 << random.Next(8));

            var (encoded, problem) = PictureEncoder.Encode(damaged);

            Assert.True(encoded is null != problem is null, $"round {round}");
        }
    }

    [Theory]
    [InlineData("RIFF\x0c\0\0\0WEBPVP8X\xf8\xff\xff\xff\x02\0\0\0")] // a chunk of -8 bytes
    [InlineData("RIFF\x0e\0\0\0WEBPVP8X\x00\0\0\x80\x02\0")]
    [InlineData("RIFF\xff\xff\xff\x7fWEBPVP8X\x0a\0\0\0\x02\0\0\0\0\0\0\0\0\0")]
    [InlineData("GIF89a\x01\0\x01\0\x80")]
    [InlineData("GIF89a\x01\0\x01\0\0\0\0\x21")]
    [InlineData("GIF89a\x01\0\x01\0\0\0\0\x21\xfe\xff")]
    [InlineData("GIF89a\x01\0\x01\0\0\0\0\x2c")]
    [InlineData("GIF89a\x01\0\x01\0\0\0\0\0")]
    [InlineData("\x89PNG\r\n\x1a\n\0\0\0\u0008acTL\0\0\0\x02\0\0\0\0\0\0\0\0")]
    [InlineData("\x89PNG\r\n\x1a\n\0\0\0\u0008acTL\0\0\0\x02\0\0\0\0\0\0\0\0\u00ff\u00ff\u00ff\u00f4IEND")]
    public void A_file_that_lies_about_its_lengths_is_not_whole(string file) =>
        Assert.Throws<InvalidDataException>(() => AnimatedPicture.TryClean(Encoding.Latin1.GetBytes(file)));

    [Fact]
    public void A_PNG_with_an_orientation_is_upright()
    {
        Assert.Equal("PNG with EXIF orientation 6", TextCase.Find("P02"));

        var (encoded, _) = PictureEncoder.Encode(Read("exif6.png"));

        using var decoded = SKBitmap.Decode(encoded!.Full);
        Assert.Equal((400, 800), (decoded.Width, decoded.Height));
        Assert.Equal((400, 800), (encoded.Picture.Width, encoded.Picture.Height));
        Assert.DoesNotContain("eXIf", Encoding.Latin1.GetString(encoded.Full), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    [InlineData(6, true)]
    [InlineData(7, false)]
    [InlineData(8, true)]
    public void The_orientation_of_a_PNG_counts_as_that_of_a_JPEG(ushort orientation, bool isLittleEndian)
    {
        var png = TestPictures.Encode(40, 20, SKEncodedImageFormat.Png);
        var rotated = InsertChunk(png, png.Length - 12, "eXIf", Exif(orientation, isLittleEndian));

        using var expected = SKBitmap.Decode(PictureEncoder.Encode(TestPictures.Photo(40, 20, orientation)).Made!.Full);
        using var decoded = SKBitmap.Decode(PictureEncoder.Encode(rotated).Made!.Full);

        Assert.Equal((expected.Width, expected.Height), (decoded.Width, decoded.Height));
        foreach (var (x, y) in new[] { (3, 3), (decoded.Width - 4, 3), (3, decoded.Height - 4) })
        {
            var (color, wanted) = (decoded.GetPixel(x, y), expected.GetPixel(x, y));
            Assert.Equal(wanted.Red > wanted.Blue, color.Red > color.Blue);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("MM\0*\0\0\0\x08")]
    [InlineData("MM\0*\xff\xff\xff\xff\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0")]
    [InlineData("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x09\0\0\0")]
    [InlineData("XX\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0")]
    public void An_orientation_that_cannot_be_read_is_none(string exif)
    {
        var png = TestPictures.Encode(40, 20, SKEncodedImageFormat.Png);

        var (encoded, _) = PictureEncoder.Encode(InsertChunk(png, 33, "eXIf", Encoding.Latin1.GetBytes(exif)));

        Assert.Equal((40, 20), (encoded!.Picture.Width, encoded.Picture.Height));
    }

    private static byte[] Read(string name) =>
        File.ReadAllBytes(Path.Combine(RepositoryRoot.Find(), "tests", "data", "pictures", name));

    private static byte[] AddMetadata(byte[] file)
    {
        var text = Encoding.ASCII.GetBytes(Secret);
        switch (file[0])
        {
            case 0x89:
                var png = InsertChunk(file, file.Length - 12, "iTXt", text);
                return [.. InsertChunk(InsertChunk(png, 33, "tEXt", text), 33, "prVt", text), .. text];
            case (byte)'G':
                byte[] comment = [0x21, 0xFE, (byte)text.Length, .. text, 0];
                byte[] xmp = [0x21, 0xFF, 11, .. "XMP DataXMP"u8, (byte)text.Length, .. text, 0];
                var first = EndOfFirstGifFrame(file);
                return [.. file[..first], .. comment, .. xmp, .. file[first..], .. text];
            default:
                byte[] chunk = [.. "EXIF"u8, (byte)text.Length, 0, 0, 0, .. text, 0];
                byte[] riff = [.. file, .. chunk, .. "XMP "u8, .. chunk[4..]];
                riff[20] |= 0x0C;
                BinaryPrimitives.WriteInt32LittleEndian(riff.AsSpan(4), riff.Length - 8);
                return riff;
        }
    }

    private static byte[] InsertChunk(byte[] png, int at, string type, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type).CopyTo(chunk, 4);
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(^4..), Crc32.HashToUInt32(chunk.AsSpan(4..^4)));
        return [.. png[..at], .. chunk, .. png[at..]];
    }

    private static byte[] Exif(ushort orientation, bool isLittleEndian) =>
        isLittleEndian
            ? [.. "II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"u8, (byte)orientation, 0, 0, 0, 0, 0, 0, 0]
            : [.. "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"u8, (byte)orientation, 0, 0, 0, 0, 0, 0];

    /// <summary>The end of the first frame of the test's GIF, which has a loop count and a delay before it.</summary>
    private static int EndOfFirstGifFrame(byte[] gif)
    {
        var at = gif.AsSpan().IndexOf((byte[])[0x2C, 0, 0, 0, 0, 0x58, 0x02]) + 10 + 1;
        while (gif[at] > 0)
        {
            at += 1 + gif[at];
        }

        return at + 1;
    }

    private static int CountFrames(byte[] file)
    {
        if (file[0] == 0x89)
        {
            return Encoding.Latin1.GetString(file).Split("fcTL").Length - 1;
        }

        using var codec = SKCodec.Create(new MemoryStream(file));
        return codec.FrameCount;
    }
}
