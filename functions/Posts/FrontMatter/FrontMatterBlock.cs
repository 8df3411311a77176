namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>
/// The front matter at the start of a file, and what follows it. YAML stands between two lines <c>---</c>, of which the
/// second can be <c>...</c>; TOML between two lines <c>+++</c>. Empty lines before it and blanks after the signs do not
/// matter.
/// </summary>
/// <param name="Text">The text between the two lines.</param>
/// <param name="FirstLine">The line number of the text's first line in the file, from 1.</param>
/// <param name="IsToml">Whether the text is TOML.</param>
/// <param name="Body">The text after the front matter.</param>
/// <param name="BodyLine">The line number of the body's first line in the file, from 1.</param>
internal sealed record FrontMatterBlock(string Text, int FirstLine, bool IsToml, string Body, int BodyLine)
{
    /// <summary>The maximum size of the text in bytes: 16 KiB.</summary>
    public const int MaxBytes = 16 * 1024;

    private const string Yaml = "---";
    private const string YamlEnd = "...";
    private const string Toml = "+++";

    /// <summary>Whether a file begins with front matter, as far as its first lines say.</summary>
    /// <param name="beginning">The first lines of the file.</param>
    public static bool IsAtStartOf(string beginning) =>
        FindStart(PostFile.NormalizeLineEnds(beginning)) is { Sign.Length: > 0 };

    /// <summary>Splits a file with LF line ends.</summary>
    /// <exception cref="RefusedException">There is no front matter, it has no end, or it is too large.</exception>
    public static FrontMatterBlock Split(string text)
    {
        var (sign, start, line) = FindStart(text)
            ?? throw Refused(
                1,
                "the file must begin with front matter: a line ---, then at least 'title: ...', then a line ---."
            );
        var (end, body) = FindEnd(text, sign, start)
            ?? throw Refused(line, $"the front matter has no end: write a line {sign} after its last field.");
        var fields = text[start..Math.Max(start, end - 1)];
        return Encoding.UTF8.GetByteCount(fields) <= MaxBytes
            ? new FrontMatterBlock(fields, line + 1, sign == Toml, text[body..], text.AsSpan(0, body).Count('\n') + 1)
            : throw Refused(line, $"the front matter has more than {MaxBytes:N0} bytes: move text into the body.");
    }

    /// <summary>Parses the fields.</summary>
    /// <param name="repeated">
    /// Takes the names that YAML has more than once, of which the last counts; null to refuse them.
    /// </param>
    /// <exception cref="RefusedException">The text is not valid YAML or TOML.</exception>
    public IReadOnlyDictionary<string, Field> ReadFields(ICollection<string>? repeated = null) =>
        IsToml ? TomlFields.Read(Text, FirstLine) : YamlFields.Read(Text, FirstLine, repeated);

    /// <summary>
    /// The sign that begins the front matter, the position after its line, and the number of its line; null when other
    /// text comes first.
    /// </summary>
    private static (string Sign, int End, int Line)? FindStart(string text)
    {
        var (position, number) = (0, 0);
        while (position < text.Length)
        {
            var (line, next) = LineAt(text, position);
            (position, number) = (next, number + 1);
            if (line.Length > 0)
            {
                return line is Yaml or Toml && text[position - 1] == '\n' ? (line, position, number) : null;
            }
        }

        return null;
    }

    /// <summary>The positions of the end of the fields and of the start of the body; null without an end.</summary>
    private static (int End, int Body)? FindEnd(string text, string sign, int start)
    {
        for (var position = start; position < text.Length; )
        {
            var (line, next) = LineAt(text, position);
            if (line == sign)
            {
                return (position, next);
            }

            if (line == YamlEnd && sign == Yaml)
            {
                // "..." ends a YAML document; a line "---" right below belongs to the end.
                var (following, afterwards) = LineAt(text, next);
                return (position, following == Yaml ? afterwards : next);
            }

            position = next;
        }

        return null;
    }

    /// <summary>The line at a position without blanks at its end, and the position after it.</summary>
    private static (string Line, int Next) LineAt(string text, int position)
    {
        var end = text.IndexOf('\n', position);
        return end < 0 ? (text[position..].TrimEnd(), text.Length) : (text[position..end].TrimEnd(), end + 1);
    }

    private static RefusedException Refused(int line, string message) => new(new Problem(line, 1, message));
}
