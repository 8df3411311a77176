namespace ServerlessBlog.Posts.Theme;

/// <summary>
/// Finds what in <c>theme/theme.css</c> does not do what its author probably expects. It is no validator: browsers
/// skip what they do not understand.
/// </summary>
internal sealed partial class ThemeStyle
{
    private const int MaxNotes = 20;
    private const string Scheme = "prefers-color-scheme";

    /// <summary>The custom properties that are colours, without those of code, which begin with --code-.</summary>
    private static readonly string[] Colors =
    [
        "--paper",
        "--raised",
        "--ink",
        "--quiet",
        "--line",
        "--edge",
        "--accent",
        "--wrong",
        "--mark",
    ];

    private readonly string _css;
    private readonly Stack<(string Prelude, int At)> _blocks = [];
    private readonly List<(int At, string Name, string Value)> _plain = [];
    private readonly HashSet<string> _inScheme = [];
    private readonly List<(int At, string Sentence)> _notes = [];

    private ThemeStyle(string css) => _css = css;

    /// <summary>Returns a sentence with its line for each finding, at most 20.</summary>
    public static IReadOnlyList<string> Check(string css)
    {
        var style = new ThemeStyle(CommentOrString().Replace(css, Blank));
        style.Read();
        return
        [
            .. style
                ._notes.OrderBy(note => note.At)
                .Take(MaxNotes)
                .Select(note => $"line {css.AsSpan(0, note.At).Count('\n') + 1}: {note.Sentence}"),
        ];
    }

    private void Read()
    {
        var (start, parentheses) = (0, 0);
        for (var at = 0; at < _css.Length; at++)
        {
            switch (_css[at])
            {
                case '(':
                    parentheses++;
                    break;
                case ')':
                    parentheses = Math.Max(0, parentheses - 1);
                    break;
                case '{' when parentheses == 0:
                    _blocks.Push((_css[start..at].Trim(), start + LeadingSpace(start)));
                    start = at + 1;
                    break;
                case ';' or '}' when parentheses == 0:
                    ReadStatement(start, at);
                    if (_css[at] == '}' && !_blocks.TryPop(out _))
                    {
                        _notes.Add((at, "this } ends nothing: browsers skip it, and the rule after it."));
                    }

                    start = at + 1;
                    break;
            }
        }

        if (_blocks.TryPeek(out var open))
        {
            _notes.Add((open.At, $"the rule '{Shorten(open.Prelude)}' has no }} at its end."));
        }

        _notes.AddRange(
            _plain
                .Where(color => !_inScheme.Contains(color.Name))
                .Select(color =>
                    (
                        color.At,
                        $"{color.Name} is the same in the light and the dark scheme: "
                            + $"write {color.Name}: light-dark({color.Value}, the dark colour);"
                    )
                )
        );
    }

    private void ReadStatement(int start, int end)
    {
        var text = _css[start..end].Trim();
        var at = start + LeadingSpace(start);
        if (text.StartsWith("@import", StringComparison.OrdinalIgnoreCase))
        {
            _notes.Add((at, "@import has no effect: theme.css comes after the blog's own stylesheet. Copy the rules."));
        }

        if (text.Split(':', 2) is [var property, var written] && IsColor(property.Trim()) && !IsForPrint())
        {
            ReadColor(at, property.Trim(), written.Trim());
        }
    }

    private void ReadColor(int at, string name, string value)
    {
        if (_blocks.Any(block => block.Prelude.Contains(Scheme, StringComparison.OrdinalIgnoreCase)))
        {
            if (_inScheme.Count == 0)
            {
                _notes.Add(
                    (
                        at,
                        $"what is in @media ({Scheme}) follows the system and not the reader's choice on the page: "
                            + "write light-dark(light, dark) instead."
                    )
                );
            }

            _inScheme.Add(name);
        }
        else if (
            !value.Contains("light-dark(", StringComparison.OrdinalIgnoreCase)
            && !value.Contains("var(", StringComparison.OrdinalIgnoreCase)
        )
        {
            _plain.Add((at, name, Shorten(value)));
        }
    }

    private bool IsForPrint() =>
        _blocks.Any(block =>
            block.Prelude.StartsWith("@media", StringComparison.OrdinalIgnoreCase)
            && block.Prelude.Contains("print", StringComparison.OrdinalIgnoreCase)
        );

    private static bool IsColor(string property) =>
        Colors.Contains(property) || property.StartsWith("--code-", StringComparison.Ordinal);

    private int LeadingSpace(int start) => _css.AsSpan(start).Length - _css.AsSpan(start).TrimStart().Length;

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "...";

    /// <summary>Spaces of the same length and with the same line ends.</summary>
    private static string Blank(Match match) => string.Concat(match.Value.Select(sign => sign is '\n' ? '\n' : ' '));

    [GeneratedRegex(@"/\*.*?(?:\*/|\z)|""(?:[^""\\\n]|\\.)*""|'(?:[^'\\\n]|\\.)*'", RegexOptions.Singleline)]
    private static partial Regex CommentOrString();
}
