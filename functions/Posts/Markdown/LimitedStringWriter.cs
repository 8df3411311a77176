namespace ServerlessBlog.Posts.Markdown;

/// <summary>Collects text up to a length, and ends whatever writes more: a few kilobytes of definitions can be made to fill the memory.</summary>
/// <param name="most">In characters.</param>
internal sealed class LimitedStringWriter(int most) : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
{
    /// <summary>Whether more was written than fits.</summary>
    public bool IsOver { get; private set; }

    public override void Write(char value)
    {
        Take(1);
        base.Write(value);
    }

    public override void Write(string? value)
    {
        Take(value?.Length ?? 0);
        base.Write(value);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        Take(buffer.Length);
        base.Write(buffer);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        Take(count);
        base.Write(buffer, index, count);
    }

    private void Take(int length)
    {
        IsOver |= length > most - GetStringBuilder().Length;
        if (IsOver)
        {
            throw new InvalidDataException($"The text has more than {most:N0} characters.");
        }
    }
}
