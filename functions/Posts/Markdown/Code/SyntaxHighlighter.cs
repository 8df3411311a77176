using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using ColorCode.Common;
using ColorCode.Compilation;

namespace ServerlessBlog.Posts.Markdown.Code;

/// <summary>
/// Highlights the code of one text as HTML, with one span per token and a one-letter CSS class for its kind, see
/// <see cref="CodeLanguages.ClassOf"/>. Not thread-safe; use one instance per text.
/// </summary>
/// <remarks>
/// Code over the limits of length or time is not highlighted: ColorCode's grammars are regular expressions, some of
/// which take more than linear time.
/// </remarks>
public sealed class SyntaxHighlighter
{
    private const int MaxBlockLength = 20_000;
    private const int MaxTotalLength = 200_000;

    /// <summary>
    /// The time limit for all code of the text: 600 ms. Ordinary code takes less than a thousandth of it.
    /// </summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMilliseconds(600);

    private int _totalLength;
    private TimeSpan _elapsed;

    /// <summary>
    /// Returns the code as HTML; null when the language is not supported or a limit is reached, and the code stays
    /// plain.
    /// </summary>
    /// <param name="code">The code, with LF line ends.</param>
    /// <param name="language">The info string of the fence, such as <c>csharp</c> or <c>c#</c>; null for none.</param>
    public string? ToHtml(string code, string? language)
    {
        if (
            code.Length > MaxBlockLength
            || _totalLength + code.Length > MaxTotalLength
            || _elapsed > TimeLimit
            || CodeLanguages.Find(language) is not { } found
        )
        {
            return null;
        }

        _totalLength += code.Length;
        var startedAt = Stopwatch.GetTimestamp();
        try
        {
            var classes = new char[code.Length];
            AssignClasses(code, 0, found, classes, startedAt);
            return ToHtml(code, classes);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
        finally
        {
            _elapsed += Stopwatch.GetElapsedTime(startedAt);
        }
    }

    /// <summary>
    /// Stores the class of each character. Captures of inner groups come later and override outer ones.
    /// </summary>
    private void AssignClasses(string code, int offset, CompiledLanguage language, Span<char> classes, long startedAt)
    {
        for (var match = language.Regex.Match(code); match.Success; match = match.NextMatch())
        {
            if (_elapsed + Stopwatch.GetElapsedTime(startedAt) > TimeLimit)
            {
                throw new RegexMatchTimeoutException();
            }

            for (var group = 1; group < match.Groups.Count && group < language.Captures.Count; group++)
            {
                if (language.Captures[group] is { } scope && match.Groups[group].Success)
                {
                    AssignClasses(match.Groups[group], scope, offset, classes, startedAt);
                }
            }
        }
    }

    private void AssignClasses(Group group, string scope, int offset, Span<char> classes, long startedAt)
    {
        foreach (Capture capture in group.Captures)
        {
            if (scope.StartsWith(ScopeName.LanguagePrefix, StringComparison.Ordinal))
            {
                if (CodeLanguages.Find(scope[1..]) is { } inner)
                {
                    AssignClasses(capture.Value, offset + capture.Index, inner, classes, startedAt);
                }
            }
            else if (CodeLanguages.ClassOf(scope) is var letter and not ' ')
            {
                classes.Slice(offset + capture.Index, capture.Length).Fill(letter);
            }
        }
    }

    private static string ToHtml(string code, ReadOnlySpan<char> classes)
    {
        var html = new StringBuilder(code.Length * 2);
        for (var at = 0; at < code.Length; )
        {
            var letter = classes[at];
            var length = classes[at..].IndexOfAnyExcept(letter);
            var part = code.AsSpan(at, length < 0 ? code.Length - at : length);
            if (letter is '\0')
            {
                Escape(part, html);
            }
            else
            {
                html.Append("<span class=\"").Append(letter).Append("\">");
                Escape(part, html);
                html.Append("</span>");
            }

            at += part.Length;
        }

        return html.ToString();
    }

    private static void Escape(ReadOnlySpan<char> text, StringBuilder html)
    {
        for (int next; (next = text.IndexOfAny("&<>\"")) >= 0; text = text[(next + 1)..])
        {
            html.Append(text[..next])
                .Append(
                    text[next] switch
                    {
                        '&' => "&amp;",
                        '<' => "&lt;",
                        '>' => "&gt;",
                        _ => "&quot;",
                    }
                );
        }

        html.Append(text);
    }
}
