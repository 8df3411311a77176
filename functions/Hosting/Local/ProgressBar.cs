using ServerlessBlog.Hosting.Local.Uploads;

namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// A progress bar below the last line of a terminal, with the rate and the remaining time. Writes nothing when the
/// output is no terminal, or there is little to wait for.
/// </summary>
/// <param name="output">The standard output, or a test's writer.</param>
/// <param name="style">What the output may contain.</param>
/// <param name="count">The number of records.</param>
/// <param name="clock">The clock.</param>
internal sealed class ProgressBar(TextWriter output, TerminalStyle style, int count, TimeProvider clock)
{
    private const int CountWithoutBar = 20;
    private const int Width = 30;
    private const string ClearLine = "\r\e[K";

    /// <summary>A rate over a shorter time says little: 2 s.</summary>
    private static readonly TimeSpan ShortestRate = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan BetweenDraws = TimeSpan.FromMilliseconds(100);

    private readonly long _start = clock.GetTimestamp();
    private TimeSpan? _drawn;

    private bool IsShown => style.IsTerminal && count > CountWithoutBar;

    /// <summary>Removes the bar, before a line is printed.</summary>
    public void Clear()
    {
        output.Write(IsShown ? ClearLine : "");
        _drawn = null;
    }

    /// <summary>Draws the bar, at most ten times a second; the last time without the rate.</summary>
    public void Draw(int done)
    {
        var elapsed = clock.GetElapsedTime(_start);
        if (!IsShown || done >= count || elapsed - _drawn < BetweenDraws)
        {
            return;
        }

        output.Write((_drawn is null ? "" : ClearLine) + Text(done, elapsed));
        output.Flush();
        _drawn = elapsed;
    }

    private string Text(int done, TimeSpan elapsed)
    {
        var filled = Width * done / count;
        var bar = $"[{new string('#', filled)}{new string('.', Width - filled)}] {done:N0} of {count:N0}";
        if (elapsed < ShortestRate || done == 0)
        {
            return bar;
        }

        var rate = done / elapsed.TotalSeconds;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{bar}, {rate:0.#}/s, {TimeSpan.FromSeconds((count - done) / rate):h\\:mm\\:ss} left"
        );
    }
}
