using ServerlessBlog.Hosting.Caching;

namespace ServerlessBlog.Comments;

/// <summary>Renders comments, each text once.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class CommentHtmlCache : IDisposable
{
    private readonly BoundedCache<string, string> _rendered = new(CacheLimits.CommentCharacters, (text, html) =>
        text.Length + html.Length
    );

    /// <summary>Returns the result of <see cref="CommentMarkdown.ToHtml"/>, from the cache when it is there.</summary>
    /// <exception cref="ArgumentException">
    /// The text is nested deeper than <see cref="CommentMarkdown.ToHtml"/> allows.
    /// </exception>
    public string ToHtml(string text)
    {
        if (!_rendered.TryGet(text, out var html))
        {
            html = CommentMarkdown.ToHtml(text);
            _rendered.Set(text, html);
        }

        return html;
    }

    /// <inheritdoc/>
    public void Dispose() => _rendered.Dispose();
}
