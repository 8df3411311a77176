using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>A Markdown file with front matter, read and checked.</summary>
/// <param name="Head">The front matter.</param>
/// <param name="Body">The Markdown after it.</param>
/// <param name="FirstLine">The body's first line in the file, from 1.</param>
/// <param name="Notes">What was read but is not used, one sentence each.</param>
public sealed record PostFile(PostMetadata Head, string Body, int FirstLine, IReadOnlyList<string> Notes)
{
    /// <summary>The most bytes of a file: 1 MiB.</summary>
    public const int MaxBytes = 1024 * 1024;

    private static readonly UTF8Encoding Utf8Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Reads a file as its author uploaded it.</summary>
    /// <param name="name">The blob's name: gives the slug when the file names none.</param>
    /// <param name="bytes">The whole file.</param>
    /// <param name="zone">In which dates without an offset are meant.</param>
    /// <param name="file">What was read.</param>
    /// <param name="problem">Why it is refused.</param>
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

    /// <summary>The text of a file. Null when it is not UTF-8.</summary>
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
            throw new RefusedException(
                new Problem(
                    1,
                    1,
                    $"the file has more than {MaxBytes:N0} bytes (1 MiB): split the post, and put pictures into media."
                )
            );
        }

        var text = Decode(bytes);
        var (yaml, body, firstLine) = Split(text);
        var fields = new FieldReader(FrontMatterReader.Read(yaml, firstLine: 2), zone);
        var metadata = new PostMetadataReader(fields).ReadHead(name);
        return new PostFile(metadata, body, firstLine, fields.Notes());
    }

    private static string Decode(byte[] bytes)
    {
        var good = Utf8.IsValid(bytes) ? bytes.AsSpan().IndexOf((byte)0) : FirstInvalid(bytes);
        if (good < 0)
        {
            return Normal(Utf8Strict.GetString(bytes));
        }

        var before = Normal(Utf8Strict.GetString(bytes, 0, good));
        var (line, column) = (
            before.Count(character => character == '\n') + 1,
            before[(before.LastIndexOf('\n') + 1)..].EnumerateRunes().Count() + 1
        );
        throw new RefusedException(
            new Problem(line, column, "this is not UTF-8 text: save the file as UTF-8 and upload it again.")
        );
    }

    /// <summary>Without a byte order mark, and with the line ends that editors count: CRLF, CR and LF, as LF.</summary>
    internal static string Normal(string text) =>
        text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private static int FirstInvalid(byte[] bytes)
    {
        var good = 0;
        while (Rune.DecodeFromUtf8(bytes.AsSpan(good), out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            good += length;
        }

        return good;
    }

    private static (string Yaml, string Body, int FirstLine) Split(string text)
    {
        if (!text.StartsWith("---\n", StringComparison.Ordinal))
        {
            throw new RefusedException(
                new Problem(
                    1,
                    1,
                    "the file must begin with front matter: a line ---, then at least 'title: ...', then a line ---."
                )
            );
        }

        var end = text.IndexOf("\n---\n", 3, StringComparison.Ordinal);
        var rest = end + 5;
        if (end < 0 && text.EndsWith("\n---", StringComparison.Ordinal) && text.Length > 4)
        {
            (end, rest) = (text.Length - 4, text.Length);
        }

        if (end < 0)
        {
            throw new RefusedException(
                new Problem(1, 1, "the front matter has no end: write a line --- after its last field.")
            );
        }

        var yaml = text[4..Math.Max(4, end)];
        return Encoding.UTF8.GetByteCount(yaml) <= FrontMatterReader.MaxBytes
            ? (yaml, text[rest..], text.AsSpan(0, rest).Count('\n') + 1)
            : throw new RefusedException(
                new Problem(
                    1,
                    1,
                    $"the front matter has more than {FrontMatterReader.MaxBytes:N0} bytes: move text into the body."
                )
            );
    }
}
