using System.Globalization;
using System.Text.RegularExpressions;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks.Conversations;

/// <summary>
/// The conversation of one post: sends comments, reads the last page and records the comments that it shows.
/// </summary>
/// <remarks>
/// Moves to the next page only after a read has shown the current one to be full, so it misses no comment.
/// </remarks>
internal sealed partial class WatchedConversation
{
    private readonly PublishedHandler _handler;
    private readonly string _path;
    private readonly string _form;
    private readonly CommentWatch _watch;
    private int _last = 1;

    private WatchedConversation(PublishedHandler handler, string path, string form, CommentWatch watch) =>
        (_handler, _path, _form, _watch) = (handler, path, form, watch);

    /// <summary>Reads the post's page to find the address of its comment form.</summary>
    public static async Task<WatchedConversation> OpenAsync(
        PublishedHandler handler,
        string path,
        CommentWatch watch
    ) => new(handler, path, ContentBuilder.CommentFormPath(await handler.ReadAsync(path)), watch);

    /// <summary>Sends a comment that contains this number.</summary>
    /// <exception cref="InvalidOperationException">The response is not 303 (See Other).</exception>
    public async Task WriteAsync(int number)
    {
        _watch.RecordSent(number);
        using var response = await _handler.ProxyAsync(
            HttpMethod.Post,
            _form,
            new FormUrlEncodedContent([
                new("name", "Grace"),
                new("email", "grace@example.com"),
                new("website", ""),
                new(
                    "comment",
                    ConversationBuilder
                        .TextOf(number)
                        .Replace("[feed](https://example.com/feed)", "feed", StringComparison.Ordinal)
                ),
            ])
        );
        if (response.StatusCode != System.Net.HttpStatusCode.SeeOther)
        {
            throw new InvalidOperationException($"A comment was answered with {response.StatusCode}.");
        }
    }

    /// <summary>Reads the last known page of the conversation.</summary>
    /// <exception cref="InvalidOperationException">The response is not a success.</exception>
    public async Task PollAsync()
    {
        var last = _last;
        using var response = await _handler.ProxyAsync(HttpMethod.Get, last > 1 ? $"{_path}/comments/{last}" : _path);
        var page = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"A read was answered with {response.StatusCode}.");
        }

        foreach (var match in NumberInText().EnumerateMatches(page))
        {
            _watch.RecordSeen(
                int.Parse(
                    page.AsSpan(match.Index + "Said ".Length, match.Length - "Said ".Length - 1),
                    CultureInfo.InvariantCulture
                )
            );
        }

        if (
            PageOfPages().Match(page) is { Success: true } pages
            && pages.Groups["number"].ValueSpan is var number
            && number.SequenceEqual(last.ToString(CultureInfo.InvariantCulture))
        )
        {
            var isFull = int.Parse(pages.Groups["pages"].ValueSpan, CultureInfo.InvariantCulture) > last;
            Interlocked.CompareExchange(ref _last, isFull ? last + 1 : last, last);
        }
    }

    [GeneratedRegex(@"Said \d+\.")]
    private static partial Regex NumberInText();

    [GeneratedRegex(@"Page (?<number>\d+) of (?<pages>\d+)")]
    private static partial Regex PageOfPages();
}
