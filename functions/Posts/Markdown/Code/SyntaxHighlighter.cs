using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using ColorCode.Common;
using ColorCode.Compilation;

namespace ServerlessBlog.Posts.Markdown.Code;

/// <summary>Colours the code of one text: HTML with a class of one letter for each kind of word. Not for more than one thread.</summary>
/// <remarks>
/// Code that is too long, or takes too long, stays plain: the library's patterns are regular expressions, and some take more than linear time.
/// </remarks>
public sealed class SyntaxHighlighter
{
    private const int MaxBlock = 20_000;
    private const int MaxAll = 200_000;

    /// <summary>Usual code takes less than a thousandth of it.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromMilliseconds(600);

    private int _characters;
    private TimeSpan _time;

    /// <summary>The code as HTML; null when it is to stay plain: the language is not known, or the limits are reached.</summary>
    /// <param name="code">Its lines end in LF.</param>
    /// <param name="language">As it stands behind the fence, such as <c>csharp</c> or <c>c#</c>; null for none.</param>
    public string? ToHtml(string code, string? language)
    {
        if (
            code.Length > MaxBlock
            || _characters + code.Length > MaxAll
            || _time > MaxTime
            || CodeLanguages.Find(language) is not { } found
        )
        {
            return null;
        }

        _characters += code.Length;
        var began = Stopwatch.GetTimestamp();
        try
        {
            var classes = new char[code.Length];
            Paint(code, 0, found, classes, began);
            return Html(code, classes);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
        finally
        {
            _time += Stopwatch.GetElapsedTime(began);
        }
    }

    /// <summary>Notes the class of each character. What is inside of something comes later, and wins.</summary>
    private void Paint(string code, int offset, CompiledLanguage language, Span<char> classes, long began)
    {
        for (var match = language.Regex.Match(code); match.Success; match = match.NextMatch())
        {
            if (_time + Stopwatch.GetElapsedTime(began) > MaxTime)
            {
                throw new RegexMatchTimeoutException();
            }

            for (var group = 1; group < match.Groups.Count && group < language.Captures.Count; group++)
            {
                if (language.Captures[group] is { } scope && match.Groups[group].Success)
                {
                    Paint(match.Groups[group], scope, offset, classes, began);
                }
            }
        }
    }

    private void Paint(Group group, string scope, int offset, Span<char> classes, long began)
    {
        foreach (Capture capture in group.Captures)
        {
            if (scope.StartsWith(ScopeName.LanguagePrefix, StringComparison.Ordinal))
            {
                if (CodeLanguages.Find(scope[1..]) is { } inner)
                {
                    Paint(capture.Value, offset + capture.Index, inner, classes, began);
                }
            }
            else if (CodeLanguages.ClassOf(scope) is var letter and not ' ')
            {
                classes.Slice(offset + capture.Index, capture.Length).Fill(letter);
            }
        }
    }

    private static string Html(string code, ReadOnlySpan<char> classes)
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
