using System.Globalization;
using System.Text;
using System.Web;
using System.Xml.Linq;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// A pipeline policy that records the delayed queue messages that a blog sends, and delivers them by the blog's clock:
/// storage counts their delays in real time, which a test with a clock of its own cannot wait for.
/// </summary>
/// <param name="clock">The blog's clock.</param>
/// <param name="isRecorded">Selects the messages by their text; null for all.</param>
public sealed class DelayedMessages(TimeProvider clock, Func<string, bool>? isRecorded = null) : HttpPipelinePolicy
{
    private readonly Lock _lock = new();
    private readonly List<DelayedMessage> _waiting = [];

    /// <summary>The messages that were not delivered yet, in the order in which they were sent.</summary>
    public IReadOnlyList<DelayedMessage> Waiting
    {
        get
        {
            lock (_lock)
            {
                return [.. _waiting];
            }
        }
    }

    /// <summary>Forgets all messages, as if they had been lost.</summary>
    public void LoseAll()
    {
        lock (_lock)
        {
            _waiting.Clear();
        }
    }

    /// <summary>
    /// Delivers the messages that are visible by now, each once, and those that their deliveries send if they are
    /// visible too.
    /// </summary>
    public async Task DeliverAsync(TestBlog blog)
    {
        while (TakeNext() is { } message)
        {
            var (function, _) = Program
                .Functions.With<QueueTriggerAttribute>()
                .Single(queue => queue.Trigger.QueueName == message.Queue);
            await blog.Get<TriggerInvoker>()
                .InvokeAsync(
                    function.Name,
                    InvocationPayload.Write(function.Parameter, message.Text),
                    CancellationToken.None
                );
        }
    }

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The blog calls storage asynchronously.");

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var sent = clock.GetUtcNow();
        await ProcessNextAsync(message, pipeline);
        if (
            message.Request.Method == RequestMethod.Post
            && message.Response.Status == 201
            && message.Request.Uri.ToUri().AbsolutePath.Split('/') is [_, _, var queue, "messages"]
            && HttpUtility.ParseQueryString(message.Request.Uri.Query) is var query
            && int.Parse(query["visibilitytimeout"] ?? "0", CultureInfo.InvariantCulture) is > 0 and var delay
        )
        {
            var text = await ReadTextAsync(message.Request);
            lock (_lock)
            {
                if (isRecorded?.Invoke(text) is not false)
                {
                    _waiting.Add(new(queue, text, sent, TimeSpan.FromSeconds(delay), query["messagettl"]));
                }
            }
        }
    }

    private DelayedMessage? TakeNext()
    {
        lock (_lock)
        {
            var next = _waiting
                .Where(message => message.VisibleAt <= clock.GetUtcNow())
                .MinBy(message => message.VisibleAt);
            _waiting.Remove(next!);
            return next;
        }
    }

    private static async Task<string> ReadTextAsync(Request request)
    {
        using var body = new MemoryStream();
        await request.Content!.WriteToAsync(body, CancellationToken.None);
        body.Position = 0;
        return Encoding.UTF8.GetString(Convert.FromBase64String(XElement.Load(body).Element("MessageText")!.Value));
    }
}

/// <summary>A message that was sent with a delay.</summary>
/// <param name="Queue">The name of the queue.</param>
/// <param name="Text">The decoded text.</param>
/// <param name="Sent">When it was sent, by the blog's clock.</param>
/// <param name="Delay">The visibility timeout.</param>
/// <param name="TimeToLive">The time to live as the request has it, in seconds; "-1" for ever.</param>
public sealed record DelayedMessage(string Queue, string Text, DateTimeOffset Sent, TimeSpan Delay, string? TimeToLive)
{
    /// <summary>When it becomes visible, by the blog's clock.</summary>
    public DateTimeOffset VisibleAt => Sent + Delay;
}
