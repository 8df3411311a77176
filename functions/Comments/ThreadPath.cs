using System.Globalization;

namespace ServerlessBlog.Comments;

/// <summary>
/// Where a comment stands in the conversation: the number of its thread, from 1, then those of the comments that lead to it, itself last. "12.34.51" is
/// the comment 51, below 34, in the twelfth thread. Given when it is first shown, and kept.
/// </summary>
public readonly record struct ThreadPath
{
    /// <summary>More than any setting allows.</summary>
    private const int MaxDepth = 20;

    private readonly string? _text;

    private ThreadPath(string text) => _text = text;

    /// <summary>The number of its thread, from 1.</summary>
    public int Thread => int.Parse(Text.Split('.')[0], CultureInfo.InvariantCulture);

    /// <summary>As a key that sorts a conversation: each comment after the one that it answers.</summary>
    public string Key => string.Join('.', Text.Split('.').Select(number => number.PadLeft(8, '0')));

    private string Text => _text ?? "0";

    /// <summary>The trail of the comment that begins a thread.</summary>
    public static ThreadPath OfThread(int thread) => new(thread.ToString(CultureInfo.InvariantCulture));

    /// <summary>The trail of a reply to the comment that stands here. A deeper one than there are levels stands on the last of them.</summary>
    /// <param name="number">The reply's number.</param>
    /// <param name="levels">How many levels there are, from 1.</param>
    public ThreadPath Below(int number, int levels)
    {
        var parts = Text.Split('.').Take(Math.Max(1, levels - 1)).Append(number.ToString(CultureInfo.InvariantCulture));
        return new ThreadPath(string.Join('.', parts));
    }

    /// <summary>Whether the comment here stands below the other, at whatever depth.</summary>
    public bool IsBelow(ThreadPath other) => Text.StartsWith(other.Text + ".", StringComparison.Ordinal);

    /// <summary>The trail of the comment above it; null for one that begins a thread.</summary>
    public ThreadPath? Above() => Text.LastIndexOf('.') is > 0 and var end ? new ThreadPath(Text[..end]) : null;

    /// <summary>Reads what <see cref="ToString"/> wrote. False for anything else; never throws.</summary>
    public static bool TryParse(string? text, out ThreadPath path)
    {
        var valid = text?.Split('.') is { Length: <= MaxDepth } parts && parts.All(IsNumber);
        path = valid ? new ThreadPath(text!) : default;
        return valid;
    }

    /// <summary>The numbers with dots between.</summary>
    public override string ToString() => Text;

    private static bool IsNumber(string part) =>
        part.Length is > 0 and <= 8 && part[0] != '0' && part.All(char.IsAsciiDigit);
}
