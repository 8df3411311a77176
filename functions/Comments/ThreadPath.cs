namespace ServerlessBlog.Comments;

/// <summary>
/// The position of a comment in a post's conversation: the number of its thread, from 1, then the numbers of the
/// comments above it except the one that begins the thread, and last its own. "12.34.51" is comment 51, below comment
/// 34, in thread 12. Assigned when the comment is first approved and kept.
/// </summary>
public readonly record struct ThreadPath
{
    /// <summary>Maximum number of parts; more than the settings allow as levels.</summary>
    private const int MaxDepth = 20;

    private readonly string? _text;

    private ThreadPath(string text) => _text = text;

    /// <summary>The number of the thread, from 1.</summary>
    public int Thread => int.Parse(Text.Split('.')[0], CultureInfo.InvariantCulture);

    /// <summary>
    /// The path with every number padded to 8 digits. Keys sort in reading order: every comment after the one that it
    /// replies to.
    /// </summary>
    public string Key => string.Join('.', Text.Split('.').Select(number => number.PadLeft(8, '0')));

    private string Text => _text ?? "0";

    /// <summary>Creates the path of the comment that begins a thread.</summary>
    public static ThreadPath ForThread(int thread) => new(thread.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// Creates the path of a reply to the comment at this path. At the deepest level, the reply becomes a sibling of
    /// the comment that it replies to.
    /// </summary>
    /// <param name="number">The number of the reply.</param>
    /// <param name="levels">The number of levels that threads are nested, from 1.</param>
    public ThreadPath Below(int number, int levels)
    {
        var parts = Text.Split('.').Take(Math.Max(1, levels - 1)).Append(number.ToString(CultureInfo.InvariantCulture));
        return new ThreadPath(string.Join('.', parts));
    }

    /// <summary>Whether this path is a descendant of the other, at any depth.</summary>
    public bool IsBelow(ThreadPath other) => Text.StartsWith(other.Text + ".", StringComparison.Ordinal);

    /// <summary>Returns the path one level up; null for the comment that begins a thread.</summary>
    public ThreadPath? GetParent() => Text.LastIndexOf('.') is > 0 and var end ? new ThreadPath(Text[..end]) : null;

    /// <summary>Parses the output of <see cref="ToString"/>. Returns false for anything else; never throws.</summary>
    public static bool TryParse(string? text, out ThreadPath path)
    {
        var valid = text?.Split('.') is { Length: <= MaxDepth } parts && parts.All(IsNumber);
        path = valid ? new ThreadPath(text!) : default;
        return valid;
    }

    /// <summary>The numbers, separated by dots.</summary>
    public override string ToString() => Text;

    private static bool IsNumber(string part) =>
        part.Length is > 0 and <= 8 && part[0] != '0' && part.All(char.IsAsciiDigit);
}
