using Microsoft.Extensions.Caching.Memory;

namespace ServerlessBlog.Comments;

/// <summary>
/// A memory cache of rendered comments. When a page is rendered again for a new comment, the other comments on it are
/// not.
/// </summary>
/// <remarks>The cache key is the comment's Markdown text, so entries are never stale. Thread-safe.</remarks>
public sealed class CommentHtmlCache : IDisposable
{
    /// <summary>
    /// Maximum total length of the cached texts and HTML, in characters: 4 Mi, which is 8 MiB of memory.
    /// </summary>
    public const int MaxCharacters = 4 * 1024 * 1024;

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MaxCharacters });

    /// <summary>Returns the result of <see cref="CommentMarkdown.ToHtml"/>, from the cache when it is there.</summary>
    /// <exception cref="ArgumentException">
    /// The text is nested deeper than <see cref="CommentMarkdown.ToHtml"/> allows.
    /// </exception>
    public string ToHtml(string text)
    {
        if (_cache.TryGetValue<string>(text, out var html))
        {
            return html!;
        }

        html = CommentMarkdown.ToHtml(text);
        return _cache.Set(text, html, new MemoryCacheEntryOptions { Size = text.Length + html.Length });
    }

    /// <inheritdoc/>
    public void Dispose() => _cache.Dispose();
}
