using System.Buffers.Binary;
using System.IO.Hashing;

namespace ServerlessBlog.Media;

/// <summary>
/// The chunks of a PNG file (https://www.w3.org/TR/png-3/#5Chunk-layout). Reads within the bounds of the file.
/// </summary>
internal static class PngChunks
{
    /// <summary>The bytes of a chunk beside its data: length, type and checksum.</summary>
    private const int Frame = 12;

    private const int SignatureLength = 8;

    /// <summary>The chunks that are needed to show a picture, in its colours and with its movement.</summary>
    private static readonly HashSet<uint> Shown =
    [
        .. "IHDR PLTE tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT IDAT IEND"
            .Split(' ')
            .Select(TypeOf),
    ];

    private static readonly uint AnimationControl = TypeOf("acTL");
    private static readonly uint Exif = TypeOf("eXIf");
    private static readonly uint ImageData = TypeOf("IDAT");
    private static readonly uint End = TypeOf("IEND");

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The four letters of a chunk's type as a number.</summary>
    public static uint TypeOf(string letters) => BinaryPrimitives.ReadUInt32BigEndian(Encoding.ASCII.GetBytes(letters));

    /// <summary>Whether the file begins as a PNG does.</summary>
    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <summary>Whether a PNG has more than one frame, which is said before the first one.</summary>
    public static bool IsAnimated(ReadOnlySpan<byte> png) =>
        Find(png, AnimationControl, before: ImageData) is { Length: 8 } control
        && BinaryPrimitives.ReadUInt32BigEndian(control) > 1;

    /// <summary>
    /// The orientation that the camera recorded in a PNG (Exif 2.32, tag 0x0112): 1 to 8; 1 is upright, also when none
    /// is recorded or it cannot be read.
    /// </summary>
    public static int ReadOrientation(ReadOnlySpan<byte> png)
    {
        const int Entry = 12;
        const ushort Orientation = 0x0112;
        var exif = IsPng(png) ? Find(png, Exif, before: End) : [];
        if (exif.Length < 8 || !(exif.StartsWith("II"u8) || exif.StartsWith("MM"u8)))
        {
            return 1;
        }

        var isLittle = exif[0] == 'I';
        var directory = Read32(exif[4..], isLittle);
        for (var at = (long)directory + 2; at + Entry <= exif.Length; at += Entry)
        {
            var entry = exif.Slice((int)at, Entry);
            if (Read16(entry, isLittle) == Orientation)
            {
                return Read16(entry[8..], isLittle) is >= 1 and <= 8 and var found ? found : 1;
            }
        }

        return 1;
    }

    /// <summary>Copies the chunks that are needed to show the picture, up to its end.</summary>
    /// <exception cref="InvalidDataException">A chunk is damaged.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A chunk reaches beyond the end of the file.</exception>
    /// <exception cref="OverflowException">A chunk claims 2 GiB or more.</exception>
    public static bool CopyTo(Stream output, ReadOnlySpan<byte> png)
    {
        output.Write(Signature);
        for (var rest = png[SignatureLength..]; ; )
        {
            var chunk = rest[..checked((int)(Frame + (ulong)BinaryPrimitives.ReadUInt32BigEndian(rest[..4])))];
            var type = BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]);
            if (Crc32.HashToUInt32(chunk[4..^4]) != BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..]))
            {
                throw new InvalidDataException("A chunk of the picture is damaged.");
            }

            if (Shown.Contains(type))
            {
                output.Write(chunk);
            }

            if (type == End)
            {
                return true;
            }

            rest = rest[chunk.Length..];
        }
    }

    /// <summary>The data of the first chunk of a type, before the first one of another; empty for none.</summary>
    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> png, uint wanted, uint before)
    {
        for (var rest = png[SignatureLength..]; rest.Length >= Frame; )
        {
            var (length, type) = (
                BinaryPrimitives.ReadUInt32BigEndian(rest),
                BinaryPrimitives.ReadUInt32BigEndian(rest[4..])
            );
            if (type == before || length > rest.Length - Frame)
            {
                return [];
            }

            if (type == wanted)
            {
                return rest.Slice(8, (int)length);
            }

            rest = rest[(Frame + (int)length)..];
        }

        return [];
    }

    private static ushort Read16(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Read32(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
