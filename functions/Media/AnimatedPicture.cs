using System.Buffers.Binary;

namespace ServerlessBlog.Media;

/// <summary>
/// Pictures that are served as they are, because drawing them anew would keep the first frame only: GIFs, animated PNG
/// (APNG) and animated WebP. What names a place, time, device or program is taken out: every chunk that is not needed
/// to show the picture. Reads within the bounds of the file, in one pass.
/// </summary>
internal static class AnimatedPicture
{
    private static readonly uint Frame = PngChunks.TypeOf("ANMF");

    /// <summary>The chunks of WebP, beside frames, that are needed to show it.</summary>
    private static readonly HashSet<uint> Shown =
    [
        .. new[] { "VP8X", "ICCP", "ANIM", "ALPH", "VP8 ", "VP8L" }.Select(PngChunks.TypeOf),
    ];

    /// <summary>
    /// Returns the picture without metadata, with its content type. Null when it is not an animation: of a PNG or WebP
    /// with one frame, or of another kind.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is not whole, or not what it claims to be.</exception>
    public static (byte[] Bytes, string Type)? TryClean(ReadOnlySpan<byte> file)
    {
        var output = new MemoryStream(file.Length);
        try
        {
            return PngChunks.IsPng(file) && PngChunks.IsAnimated(file) && PngChunks.CopyTo(output, file)
                    ? (output.ToArray(), "image/png")
                : IsAnimatedWebp(file) && CopyWebp(output, file) ? (output.ToArray(), "image/webp")
                : IsGif(file) && CopyGif(output, file) ? (output.ToArray(), "image/gif")
                : null;
        }
        catch (Exception problem)
            when (problem is ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException)
        {
            // A length or an offset leads out of the file.
            throw new InvalidDataException("The picture is not whole.", problem);
        }
    }

    private static bool IsGif(ReadOnlySpan<byte> file) => file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8);

    /// <summary>Copies the frames and their timing (https://www.w3.org/Graphics/GIF/spec-gif89a.txt).</summary>
    private static bool CopyGif(MemoryStream output, ReadOnlySpan<byte> file)
    {
        const int Header = 13;
        var at = Header + ColorTableLength(file[10]);
        output.Write(file[..at]);
        while (file[at..][0] != 0x3B) // the trailer
        {
            var isImage = file[at] == 0x2C;
            if (!isImage && file[at] != 0x21)
            {
                throw new InvalidDataException("The picture has an unknown block.");
            }

            // An image has a descriptor, colours and the size of its codes before its data; an extension has a label.
            var data = isImage ? at + 10 + ColorTableLength(file[at + 9]) + 1 : at + 2;
            var end = data;
            while (file[end..][0] is var length and > 0)
            {
                end += 1 + length;
            }

            end++;
            if (isImage || file[at + 1] == 0xF9 || IsLoopCount(file[at..end]))
            {
                output.Write(file[at..end]);
            }

            at = end;
        }

        output.WriteByte(0x3B);
        return true;
    }

    /// <summary>The length of a colour table in bytes, from the byte of flags before it.</summary>
    private static int ColorTableLength(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    private static bool IsLoopCount(ReadOnlySpan<byte> block) =>
        block[1] == 0xFF && (block[3..].StartsWith("NETSCAPE2.0"u8) || block[3..].StartsWith("ANIMEXTS1.0"u8));

    /// <summary>Whether the file is WebP with the flag of animation (RFC 9649, 2.7.1).</summary>
    private static bool IsAnimatedWebp(ReadOnlySpan<byte> file) =>
        file.Length > 20 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBPVP8X"u8) && (file[20] & 0x02) != 0;

    private static bool CopyWebp(MemoryStream output, ReadOnlySpan<byte> file)
    {
        const int FormHeader = 12;
        const int Flags = 20;
        const byte ExifAndXmp = 0x0C;
        var length = BinaryPrimitives.ReadInt32LittleEndian(file[4..]);
        output.Write(file[..FormHeader]);
        CopyRiffChunks(output, file.Slice(FormHeader, length - 4));
        var bytes = output.GetBuffer().AsSpan(0, (int)output.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], bytes.Length - 8);
        bytes[Flags] &= unchecked((byte)~ExifAndXmp);
        return true;
    }

    /// <summary>Copies the chunks that are shown; of a frame, its own chunks (RFC 9649, 2.3 and 2.7.1).</summary>
    private static void CopyRiffChunks(MemoryStream output, ReadOnlySpan<byte> chunks)
    {
        const int Header = 8;
        const int FrameHeader = 24;
        while (chunks.Length > 0)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(chunks.Slice(4, 4));
            var chunk = chunks[..checked((int)(Header + (ulong)length + (length & 1)))];
            var (type, start) = (BinaryPrimitives.ReadUInt32BigEndian(chunk), (int)output.Length);
            if (type == Frame)
            {
                output.Write(chunk[..FrameHeader]);
                CopyRiffChunks(output, chunk[FrameHeader..(Header + (int)length)]);
                var written = output.GetBuffer().AsSpan(start, (int)output.Length - start);
                BinaryPrimitives.WriteInt32LittleEndian(written[4..], written.Length - Header);
            }
            else if (Shown.Contains(type))
            {
                output.Write(chunk);
            }

            chunks = chunks[chunk.Length..];
        }
    }
}
