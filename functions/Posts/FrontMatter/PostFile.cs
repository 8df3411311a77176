using System.Text.Unicode;

namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>A Markdown file with front matter, parsed and validated.</summary>
/// <param name="Metadata">The front matter.</param>
/// <param name="Body">The Markdown after the front matter, with LF line ends.</param>
/// <param name="FirstLine">The line number of the body's first line in the file, from 1.</param>
/// <param name="Notes">Hints for the author that do not refuse the file, one sentence each.</param>
public sealed record PostFile(PostMetadata Metadata, string Body, int FirstLine, IReadOnlyList<string> Notes)
{
    /// <summary>The maximum size of a file in bytes: 1 MiB.</summary>
    public const int MaxBytes = 1024 * 1024;

    private static readonly UTF8Encoding Utf8Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Parses and validates a file. Returns false when it is refused.</summary>
    /// <param name="name">The blob's name; the slug is derived from it when the front matter has none.</param>
    /// <param name="bytes">The file's content.</param>
    /// <param name="zone">The time zone of dates without an offset.</param>
    /// <param name="file">The parsed file; null when it is refused.</param>
    /// <param name="problem">The reason for the refusal; null when the file is accepted.</param>
    public static bool TryRead(
        string name,
        byte[] bytes,
        TimeZoneInfo zone,
        [NotNullWhen(true)] out PostFile? file,
        [NotNullWhen(false)] out Problem? problem
    )
    {
        try
        {
            (file, problem) = (Read(name, bytes, zone), null);
            return true;
        }
        catch (RefusedException refused)
        {
            (file, problem) = (null, refused.Problem);
            return false;
        }
    }

    /// <summary>Decodes a file and normalises its line ends; null when it is not UTF-8 or contains a NUL.</summary>
    internal static string? TryDecode(byte[] bytes)
    {
        try
        {
            return Decode(bytes);
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    private static PostFile Read(string name, byte[] bytes, TimeZoneInfo zone)
    {
        if (bytes.Length > MaxBytes)
        {
            throw Refused(
                $"the file has more than {MaxBytes:N0} bytes (1 MiB): split the post, and put pictures into media."
            );
        }

        var text = Decode(bytes);
        var (yaml, body, firstLine) = Split(text);
        var fields = new FieldReader(FrontMatterReader.Read(yaml, firstLine: 2), zone);
        var metadata = new PostMetadataReader(fields).ReadMetadata(name);
        return new PostFile(metadata, body, firstLine, fields.NotesOnUnreadFields());
    }

    private static string Decode(byte[] bytes)
    {
        var validLength = Utf8.IsValid(bytes) ? bytes.AsSpan().IndexOf((byte)0) : CountValidBytes(bytes);
        if (validLength < 0)
        {
            return NormalizeLineEnds(Utf8Strict.GetString(bytes));
        }

        var before = NormalizeLineEnds(Utf8Strict.GetString(bytes, 0, validLength));
        var (line, column) = (
            before.Count(character => character == '\n') + 1,
            before[(before.LastIndexOf('\n') + 1)..].EnumerateRunes().Count() + 1
        );
        throw new RefusedException(
            new Problem(line, column, "this is not UTF-8 text: save the file as UTF-8 and upload it again.")
        );
    }

    /// <summary>
    /// Removes a byte order mark and converts CRLF and CR to LF: the line ends that editors count in line numbers.
    /// </summary>
    internal static string NormalizeLineEnds(string text) =>
        text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private static int CountValidBytes(byte[] bytes)
    {
        var validLength = 0;
        while (
            Rune.DecodeFromUtf8(bytes.AsSpan(validLength), out _, out var length) == System.Buffers.OperationStatus.Done
        )
        {
            validLength += length;
        }

        return validLength;
    }

    private static (string Yaml, string Body, int FirstLine) Split(string text)
    {
        if (!text.StartsWith("---\n", StringComparison.Ordinal))
        {
            throw Refused(
                "the file must begin with front matter: a line ---, then at least 'title: ...', then a line ---."
            );
        }

        var (end, bodyStart) = FindEnd(text)
            ?? throw Refused("the front matter has no end: write a line --- after its last field.");
        var yaml = text[4..Math.Max(4, end)];
        return Encoding.UTF8.GetByteCount(yaml) <= FrontMatterReader.MaxBytes
            ? (yaml, text[bodyStart..], text.AsSpan(0, bodyStart).Count('\n') + 1)
            : throw Refused(
                $"the front matter has more than {FrontMatterReader.MaxBytes:N0} bytes: move text into the body."
            );
    }

    /// <summary>
    /// Returns the positions of the end of the fields and of the start of the body; null without an end.
    /// </summary>
    private static (int End, int BodyStart)? FindEnd(string text)
    {
        var end = text.IndexOf("\n---\n", 3, StringComparison.Ordinal);
        if (end >= 0)
        {
            return (end, end + 5);
        }

        return text.EndsWith("\n---", StringComparison.Ordinal) && text.Length > 4
            ? (text.Length - 4, text.Length)
            : null;
    }

    private static RefusedException Refused(string message) => new(new Problem(1, 1, message));
}
