using System.Globalization;
using System.Text.RegularExpressions;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks.Conversations;

/// <summary>A post's conversation as its readers meet it: writes comments, reads the last page, and notes the comments that it sees.</summary>
/// <remarks>The last page is followed one by one: it is left only when it is seen to be full, so that no comment is missed.</remarks>
internal sealed partial class WatchedConversation
{
    private readonly PublishedHandler _handler;
    private readonly string _path;
    private readonly string _form;
    private readonly CommentWatch _watch;
    private int _last = 1;

    private WatchedConversation(PublishedHandler handler, string path, string form, CommentWatch watch) =>
        (_handler, _path, _form, _watch) = (handler, path, form, watch);

    /// <summary>Reads the post's page for the address of its form.</summary>
    public static async Task<WatchedConversation> OpenAsync(
        PublishedHandler handler,
        string path,
        CommentWatch watch
    ) => new(handler, path, ContentBuilder.CommentFormOf(await handler.ReadAsync(path)), watch);

    /// <summary>Sends a comment with this number in it.</summary>
    /// <exception cref="InvalidOperationException">It was not taken.</exception>
    public async Task WriteAsync(int number)
    {
        _watch.Send(number);
        using var answer = await _handler.ProxyAsync(
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
        if (answer.StatusCode != System.Net.HttpStatusCode.SeeOther)
        {
            throw new InvalidOperationException($"A comment was answered with {answer.StatusCode}.");
        }
    }

    /// <summary>Reads the conversation's last page.</summary>
    /// <exception cref="InvalidOperationException">The page did not come.</exception>
    public async Task LookAsync()
    {
        var last = _last;
        using var answer = await _handler.ProxyAsync(HttpMethod.Get, last > 1 ? $"{_path}/comments/{last}" : _path);
        var page = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"A read was answered with {answer.StatusCode}.");
        }

        foreach (var said in Said().EnumerateMatches(page))
        {
            _watch.See(
                int.Parse(
                    page.AsSpan(said.Index + "Said ".Length, said.Length - "Said ".Length - 1),
                    CultureInfo.InvariantCulture
                )
            );
        }

        if (
            Pages().Match(page) is { Success: true } pages
            && pages.Groups["number"].ValueSpan is var number
            && number.SequenceEqual(last.ToString(CultureInfo.InvariantCulture))
        )
        {
            var isFull = int.Parse(pages.Groups["pages"].ValueSpan, CultureInfo.InvariantCulture) > last;
            Interlocked.CompareExchange(ref _last, isFull ? last + 1 : last, last);
        }
    }

    [GeneratedRegex(@"Said \d+\.")]
    private static partial Regex Said();

    [GeneratedRegex(@"Page (?<number>\d+) of (?<pages>\d+)")]
    private static partial Regex Pages();
}
