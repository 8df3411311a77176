using System.Diagnostics;
using System.Net;
using ServerlessBlog.Benchmarks.Conversations;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks.Groups;

/// <summary>Walks from a commenter's or author's act to the page that shows it, each time with new instances.</summary>
/// <param name="connection">The connection string of a storage with the post <see cref="Slug"/>.</param>
/// <param name="hasQuarters">Whether each instance gets a quarter of a processor.</param>
internal sealed class Journeys(string connection, bool hasQuarters)
{
    /// <summary>The post with the conversation.</summary>
    public const string Slug = "measured";

    /// <summary>How often a reader looks: seldom enough not to count.</summary>
    private static readonly TimeSpan ReadingInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>A comment that the rules approve.</summary>
    public async Task<Journey> CommentAsync()
    {
        await using var groups = await InstanceGroups.StartAsync(connection, hasQuarters);
        var http = await groups.HttpAsync();
        var form = ContentBuilder.CommentFormPath(await http.Handler.ReadAsync($"/posts/{Slug}"));
        var text = $"The comment {Guid.NewGuid():N}.";
        var sent = Stopwatch.GetTimestamp();
        using var answer = await http.Handler.ProxyAsync(
            HttpMethod.Post,
            form,
            new FormUrlEncodedContent([
                new("name", "Grace"),
                new("email", "grace@example.com"),
                new("website", ""),
                new("comment", text),
            ])
        );
        if (answer.StatusCode != HttpStatusCode.SeeOther)
        {
            throw new InvalidOperationException($"The comment was answered with {answer.StatusCode}.");
        }

        return await FollowAsync(groups, nameof(ModerateComment), $"/posts/{Slug}", text, sent);
    }

    /// <summary>A new post.</summary>
    public async Task<Journey> UploadAsync()
    {
        await using var groups = await InstanceGroups.StartAsync(connection, hasQuarters);
        await groups.HttpAsync();
        var slug = $"post-{Guid.NewGuid():N}";
        var sent = Stopwatch.GetTimestamp();
        var blob = await groups
            .Storage.Container(StorageNames.Posts)
            .GetBlobClient(slug + ".md")
            .UploadAsync(
                BinaryData.FromString($"---\ntitle: {slug}\ndate: 2026-01-02\n---\n{ConversationBuilder.Body}\n")
            );
        await UploadEvent
            .Create(StorageNames.Posts, slug + ".md", blob.Value.ETag.ToString())
            .SendAsync(groups.Storage, CancellationToken.None);
        return await FollowAsync(groups, nameof(PublishPost), $"/posts/{slug}", slug, sent);
    }

    /// <summary>Fires a timer for which there is nothing to do.</summary>
    public async Task<Usage> FireTimerAsync(string function)
    {
        await using var groups = await InstanceGroups.StartAsync(connection, hasQuarters);
        return await groups.FireTimerAsync(function);
    }

    private static async Task<Journey> FollowAsync(
        InstanceGroups groups,
        string function,
        string path,
        string text,
        long sent
    )
    {
        var message = await groups.WaitForAsync(function);
        var start = await groups.UsedToStartAsync(function);
        var http = await groups.HttpAsync();
        var before = http.Used;
        while (!(await http.Handler.ReadAsync(path)).Contains(text, StringComparison.Ordinal))
        {
            await Task.Delay(ReadingInterval);
        }

        return new Journey(
            start,
            message.Since(start),
            http.Used.Since(before),
            Stopwatch.GetElapsedTime(sent).TotalMilliseconds,
            groups.Started.Count - 1
        );
    }
}

/// <summary>What it took from an act to the page that shows it.</summary>
/// <param name="Start">The instance of the queue function, from exec until it answered the host's poll.</param>
/// <param name="Message">The same instance, until it had answered the message.</param>
/// <param name="Page">The instance for HTTP, from then until the page showed it.</param>
/// <param name="Elapsed">Milliseconds from the act until the page showed it.</param>
/// <param name="Groups">The number of instances beside the one for HTTP.</param>
internal sealed record Journey(Usage Start, Usage Message, Usage Page, double Elapsed, int Groups)
{
    /// <summary>Milliseconds of processor time from the message to the page.</summary>
    public double Processor => Start.Processor + Message.Processor + Page.Processor;

    /// <summary>Storage calls from the message to the page.</summary>
    public int Calls => Start.Calls.Count + Message.Calls.Count + Page.Calls.Count;
}
