namespace ServerlessBlog.Posts.Markdown;

/// <summary>
/// A <see cref="StringWriter"/> that throws an <see cref="InvalidDataException"/> when more than a maximum is written.
/// A few kilobytes of abbreviations or link definitions can expand to any size.
/// </summary>
/// <param name="maxLength">The maximum length in characters.</param>
internal sealed class LimitedStringWriter(int maxLength)
    : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
{
    /// <summary>Whether a write exceeded the maximum.</summary>
    public bool IsOverLimit { get; private set; }

    public override void Write(char value)
    {
        EnsureFits(1);
        base.Write(value);
    }

    public override void Write(string? value)
    {
        EnsureFits(value?.Length ?? 0);
        base.Write(value);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        EnsureFits(buffer.Length);
        base.Write(buffer);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        EnsureFits(count);
        base.Write(buffer, index, count);
    }

    private void EnsureFits(int length)
    {
        IsOverLimit |= length > maxLength - GetStringBuilder().Length;
        if (IsOverLimit)
        {
            throw new InvalidDataException($"The text has more than {maxLength:N0} characters.");
        }
    }
}
