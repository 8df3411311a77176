using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace ServerlessBlog.Tests.Repository;

/// <summary>A command line that a document shows for typing, in a fence marked <c>sh</c>.</summary>
/// <param name="Document">The document's path from the repository's root.</param>
/// <param name="Text">The command, on one line, without comment.</param>
/// <param name="Lines">Its lines in the document.</param>
internal sealed partial record DocumentedCommand(
    string Document,
    string Text,
    IReadOnlyList<(int Number, string Text)> Lines
)
{
    /// <summary>How the commands of a developer's machine begin, after settings in front of it.</summary>
    private const string Local = "dotnet run --project functions";

    /// <summary>Settings that stand before the command: NAME=value.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings =>
        [
            .. Words
                .TakeWhile(word => Assignment().IsMatch(word))
                .Select(word => word.Split('=', 2))
                .Select(pair => KeyValuePair.Create(pair[0], pair[1])),
        ];

    /// <summary>What the blog's own program is given; null when the command starts another program.</summary>
    public string[]? Arguments
    {
        get
        {
            var words = Words.Skip(Settings.Count).ToList();
            var start = Local.Split(' ');
            return !words.Take(start.Length).SequenceEqual(start)
                ? null
                : [.. words.Skip(start.Length).SkipWhile(word => word == "--")];
        }
    }

    /// <summary>Every command of a document, in order.</summary>
    public static IEnumerable<DocumentedCommand> In(DocumentFile document) =>
        document.Fences.Where(fence => fence.Info == "sh").SelectMany(fence => In(document.Path, fence));

    private List<string> Words => [.. Word().Matches(Text).Select(match => Quotes().Replace(match.Value, ""))];

    private static IEnumerable<DocumentedCommand> In(string document, FencedCodeBlock fence)
    {
        var lines = new List<(int Number, string Text)>();
        foreach (var (index, line) in fence.Lines.ToString().Split('\n').Index())
        {
            lines.Add((fence.Line + index + 2, line));
            if (line.EndsWith('\\'))
            {
                continue;
            }

            var text = string.Join(' ', lines.Select(part => Comment().Replace(part.Text.TrimEnd('\\'), "").Trim()));
            yield return new DocumentedCommand(document, text, [.. lines]);
            lines.Clear();
        }
    }

    [GeneratedRegex(@"(?<=\s)#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex("""(?:[^\s"']|"[^"]*"|'[^']*')+""")]
    private static partial Regex Word();

    [GeneratedRegex("[\"']")]
    private static partial Regex Quotes();

    [GeneratedRegex(@"^\w+=")]
    private static partial Regex Assignment();
}
