using System.Text.Unicode;

namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>A post's file with front matter, parsed and validated.</summary>
/// <param name="Metadata">The front matter.</param>
/// <param name="Body">The Markdown or HTML after the front matter, with LF line ends.</param>
/// <param name="FirstLine">The line number of the body's first line in the file, from 1.</param>
/// <param name="Notes">Hints for the author that do not refuse the file, one sentence each.</param>
public sealed record PostFile(PostMetadata Metadata, string Body, int FirstLine, IReadOnlyList<string> Notes)
{
    /// <summary>The maximum size of a file in bytes: 1 MiB.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Whether the body is HTML that is written as it is, and not Markdown.</summary>
    public bool IsHtml { get; init; }

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
    /// <param name="categoriesAreTags">Whether categories become tags.</param>
    public static bool TryRead(
        string name,
        byte[] bytes,
        TimeZoneInfo zone,
        [NotNullWhen(true)] out PostFile? file,
        [NotNullWhen(false)] out Problem? problem,
        bool categoriesAreTags = true
    )
    {
        try
        {
            (file, problem) = (Read(name, bytes, zone, categoriesAreTags), null);
            return true;
        }
        catch (RefusedException refused)
        {
            (file, problem) = (null, refused.Problem);
            return false;
        }
    }

    /// <summary>
    /// Returns the text after the front matter of a file that was accepted, also when its fields would be refused
    /// today. Returns false when the file is no text with front matter.
    /// </summary>
    public static bool TryReadBody(byte[] bytes, [NotNullWhen(true)] out string? body)
    {
        try
        {
            body = FrontMatterBlock.Split(Decode(bytes)).Body;
            return true;
        }
        catch (RefusedException)
        {
            body = null;
            return false;
        }
    }

    /// <summary>
    /// Reads only the file that this one takes the place of (<see cref="PostMetadata.IdFile"/>). Returns false when the
    /// fields cannot be read.
    /// </summary>
    public static bool TryReadIdFile(string name, byte[] bytes, out string? idFile)
    {
        try
        {
            var fields = FrontMatterBlock.Split(Decode(bytes)).ReadFields();
            idFile = new PostMetadataReader(new FieldReader(fields, TimeZoneInfo.Utc)).ReadIdFile(name);
            return true;
        }
        catch (RefusedException)
        {
            idFile = null;
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

    private static PostFile Read(string name, byte[] bytes, TimeZoneInfo zone, bool categoriesAreTags)
    {
        if (bytes.Length > MaxBytes)
        {
            throw Refused(
                $"the file has more than {MaxBytes:N0} bytes (1 MiB): split the post, and put pictures into media."
            );
        }

        var block = FrontMatterBlock.Split(Decode(bytes));
        var fields = new FieldReader(block.ReadFields(), zone);
        var metadata = new PostMetadataReader(fields, categoriesAreTags).ReadMetadata(name);
        return new PostFile(metadata, block.Body, block.BodyLine, fields.AllNotes())
        {
            IsHtml = PostFileName.IsHtml(name),
        };
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

    private static RefusedException Refused(string message) => new(new Problem(1, 1, message));
}
