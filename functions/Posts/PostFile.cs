using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace ServerlessBlog.Posts;

/// <summary>A Markdown file with front matter, read and checked.</summary>
/// <param name="Head">The front matter.</param>
/// <param name="Body">The Markdown after it.</param>
/// <param name="Notes">What was read but is not used, one sentence each.</param>
public sealed record PostFile(PostHead Head, string Body, IReadOnlyList<string> Notes)
{
    /// <summary>The most bytes of a file: 1 MiB.</summary>
    public const int MaxBytes = 1024 * 1024;

    private static readonly UTF8Encoding Utf8Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file as its author uploaded it.</summary>
    /// <param name="name">The blob's name: gives the slug when the file names none.</param>
    /// <param name="bytes">The whole file.</param>
    /// <param name="zone">In which dates without an offset are meant.</param>
    /// <param name="file">What was read.</param>
    /// <param name="problem">Why it is refused.</param>
    public static bool TryRead(string name, byte[] bytes, TimeZoneInfo zone, [NotNullWhen(true)] out PostFile? file, [NotNullWhen(false)] out Problem? problem)
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

    private static PostFile Read(string name, byte[] bytes, TimeZoneInfo zone)
    {
        if (bytes.Length > MaxBytes)
        {
            throw new RefusedException(new Problem(1, 1, $"the file has {bytes.Length:N0} bytes, more than {MaxBytes:N0}: split the post, and put pictures into media."));
        }

        var text = Decode(bytes);
        var (yaml, body) = Split(text);
        var fields = new PostFields(FrontMatter.Read(yaml, firstLine: 2), zone);
        var head = fields.ReadHead(name);
        return new PostFile(head, body, fields.Notes());
    }

    private static string Decode(byte[] bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return Utf8Strict.GetString(bytes).TrimStart('\uFEFF').ReplaceLineEndings("\n");
        }

        var good = 0;
        while (Rune.DecodeFromUtf8(bytes.AsSpan(good), out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            good += length;
        }

        var before = Utf8Strict.GetString(bytes, 0, good);
        var line = before.Count(character => character == '\n') + 1;
        throw new RefusedException(new Problem(line, good == 0 ? 1 : before.Length - before.LastIndexOf('\n'), "this is not UTF-8: save the file as UTF-8 and upload it again."));
    }

    private static (string Yaml, string Body) Split(string text)
    {
        if (!text.StartsWith("---\n", StringComparison.Ordinal))
        {
            throw new RefusedException(new Problem(1, 1, "the file must begin with front matter: a line ---, then at least 'title: ...', then a line ---."));
        }

        var end = text.IndexOf("\n---\n", 3, StringComparison.Ordinal);
        var rest = end + 5;
        if (end < 0 && text.EndsWith("\n---", StringComparison.Ordinal) && text.Length > 4)
        {
            (end, rest) = (text.Length - 4, text.Length);
        }

        if (end < 0)
        {
            throw new RefusedException(new Problem(1, 1, "the front matter has no end: write a line --- after its last field."));
        }

        var yaml = text[4..Math.Max(4, end)];
        return Encoding.UTF8.GetByteCount(yaml) <= FrontMatter.MaxBytes
            ? (yaml, text[rest..])
            : throw new RefusedException(new Problem(1, 1, $"the front matter has more than {FrontMatter.MaxBytes:N0} bytes: move text into the body."));
    }
}
