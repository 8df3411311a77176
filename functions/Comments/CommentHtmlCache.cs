using AngleSharp.Html.Parser;

namespace ServerlessBlog.Comments;

/// <summary>Renders comments, each text once.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class CommentHtmlCache : IDisposable
{
    /// <summary>The maximum length of <see cref="ToPlainText"/>: 500 characters.</summary>
    public const int MaxPlainText = 500;

    private readonly BoundedCache<CommentBody, (string Html, string PlainText)> _rendered = new(
        CacheLimits.CommentCharacters,
        (body, rendered) => body.Text.Length + rendered.Html.Length + rendered.PlainText.Length
    );

    /// <summary>Returns the result of <see cref="CommentBody.ToHtml"/>, from the cache when it is there.</summary>
    /// <exception cref="ArgumentException">
    /// The text is nested deeper than <see cref="CommentBody.ToHtml"/> allows.
    /// </exception>
    public string ToHtml(CommentBody body) => Render(body).Html;

    /// <summary>
    /// Returns what a reader of <see cref="ToHtml"/> reads, on one line, at most <see cref="MaxPlainText"/> characters,
    /// the last of which is an ellipsis then; from the cache when it is there.
    /// </summary>
    /// <inheritdoc cref="ToHtml" path="/exception"/>
    public string ToPlainText(CommentBody body) => Render(body).PlainText;

    /// <inheritdoc/>
    public void Dispose() => _rendered.Dispose();

    private (string Html, string PlainText) Render(CommentBody body)
    {
        if (!_rendered.TryGet(body, out var rendered))
        {
            var html = body.ToHtml();
            rendered = (html, ToLine(html));
            _rendered.Set(body, rendered);
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
