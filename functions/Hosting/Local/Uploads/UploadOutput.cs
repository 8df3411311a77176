namespace ServerlessBlog.Hosting.Local.Uploads;

/// <summary>
/// Prints the result of each upload as it comes, and a summary of more than one. On a terminal, problems are red, what
/// has not changed is grey, and more than 20 files have a progress bar below the last line.
/// </summary>
/// <param name="output">The standard output, or a test's writer.</param>
/// <param name="style">What the output may contain.</param>
/// <param name="count">The number of files.</param>
/// <param name="isShown">Which results have a line of their own; null: all.</param>
internal sealed class UploadOutput(
    TextWriter output,
    TerminalStyle style,
    int count,
    Func<UploadResult, bool>? isShown = null
)
{
    private readonly ProgressBar _bar = new(output, style, count, TimeProvider.System);
    private readonly OrderedDictionary<string, int> _counts = [];
    private bool _isGood = true;

    private int Done => _counts.Values.Sum();

    /// <summary>Prints one result.</summary>
    public void Write(UploadResult result)
    {
        _counts[result.Summary] = _counts.GetValueOrDefault(result.Summary) + 1;
        _isGood &= result.IsGood;
        _bar.Clear();
        if (isShown?.Invoke(result) is not false)
        {
            output.WriteLine(Colored(result));
        }

        _bar.Draw(Done);
        output.Flush();
    }

    /// <summary>
    /// Prints the summary, such as "198 published, 2 refused, 3 unchanged". Returns false when a file was refused or
    /// got no report.
    /// </summary>
    public bool Finish()
    {
        if (count > 1)
        {
            output.WriteLine(string.Join(", ", _counts.OrderBy(Rank).Select(entry => $"{entry.Value:N0} {entry.Key}")));
        }

        return _isGood;
    }

    /// <summary>Published first, unchanged last.</summary>
    private static int Rank(KeyValuePair<string, int> entry) =>
        entry.Key switch
        {
            "published" => 0,
            UploadResult.Unchanged => 2,
            _ => 1,
        };

    private string Colored(UploadResult result) =>
        !style.HasColors ? result.Text
        : !result.IsGood ? $"\e[31m{result.Text}\e[0m"
        : result.Outcome is null ? $"\e[90m{result.Text}\e[0m"
        : result.Text;
}

/// <summary>What the standard output may contain beside plain lines.</summary>
/// <param name="IsTerminal">True for a terminal that moves its cursor.</param>
/// <param name="HasColors">True for a terminal with colours that the user wants (https://no-color.org).</param>
internal readonly record struct TerminalStyle(bool IsTerminal, bool HasColors)
{
    /// <summary>Reads the environment: plain lines when redirected, or on a dumb terminal.</summary>
    public static TerminalStyle OfConsole()
    {
        var isTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new(isTerminal, isTerminal && Environment.GetEnvironmentVariable("NO_COLOR") is null or "");
    }
}
