using AngleSharp.Html.Parser;

namespace ServerlessBlog.Comments;

/// <summary>Renders comments, each text once.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class CommentHtmlCache : IDisposable
{
    /// <summary>The maximum length of <see cref="ToPlainText"/>: 500 characters.</summary>
    public const int MaxPlainText = 500;

    private readonly BoundedCache<string, (string Html, string PlainText)> _rendered = new(
        CacheLimits.CommentCharacters,
        (text, rendered) => text.Length + rendered.Html.Length + rendered.PlainText.Length
    );

    /// <summary>Returns the result of <see cref="CommentMarkdown.ToHtml"/>, from the cache when it is there.</summary>
    /// <exception cref="ArgumentException">
    /// The text is nested deeper than <see cref="CommentMarkdown.ToHtml"/> allows.
    /// </exception>
    public string ToHtml(string text) => Render(text).Html;

    /// <summary>
    /// Returns what a reader of <see cref="ToHtml"/> reads, on one line, at most <see cref="MaxPlainText"/> characters,
    /// the last of which is an ellipsis then; from the cache when it is there.
    /// </summary>
    /// <inheritdoc cref="ToHtml" path="/exception"/>
    public string ToPlainText(string text) => Render(text).PlainText;

    /// <inheritdoc/>
    public void Dispose() => _rendered.Dispose();

    private (string Html, string PlainText) Render(string text)
    {
        if (!_rendered.TryGet(text, out var rendered))
        {
            var html = CommentMarkdown.ToHtml(text);
            rendered = (html, ToLine(html));
            _rendered.Set(text, rendered);
        }

        return rendered;
    }

    private static string ToLine(string html)
    {
        using var document = new HtmlParser().ParseDocument($"<!DOCTYPE html><body>{html}");
        var line = string.Join(
            ' ',
            document.Body!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
        if (line.Length <= MaxPlainText)
        {
            return line;
        }

        var end = MaxPlainText - 1;
        return line[..(char.IsHighSurrogate(line[end - 1]) ? end - 1 : end)] + "…";
    }
}
