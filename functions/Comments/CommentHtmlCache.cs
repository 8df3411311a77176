using Microsoft.Extensions.Caching.Memory;

namespace ServerlessBlog.Comments;

/// <summary>Comments as pages show them. A page is made anew for each new comment, and all the others on it are what they were: those are remembered.</summary>
/// <remarks>By their text, so nothing is ever invalidated. May be used by any number of threads.</remarks>
public sealed class CommentHtmlCache : IDisposable
{
    /// <summary>The most characters remembered, texts and HTML: 8 MB.</summary>
    public const int MaxRemembered = 4 * 1024 * 1024;

    private readonly MemoryCache _seen = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    /// <summary><see cref="CommentMarkdown.ToHtml"/>, at the cost of a look when it was asked before.</summary>
    /// <exception cref="ArgumentException">As there.</exception>
    public string ToHtml(string text)
    {
        if (_seen.TryGetValue<string>(text, out var html))
        {
            return html!;
        }

        html = CommentMarkdown.ToHtml(text);
        return _seen.Set(text, html, new MemoryCacheEntryOptions { Size = text.Length + html.Length });
    }

    /// <inheritdoc/>
    public void Dispose() => _seen.Dispose();
}
