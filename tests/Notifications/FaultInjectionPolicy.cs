using System.Collections.Concurrent;
using System.Text;
using System.Xml.Linq;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessBlog.Tests.Notifications;

/// <summary>A message that was sent to a queue.</summary>
/// <param name="Text">The decoded text.</param>
/// <param name="Delay">The visibility timeout of the request; zero for a message that is visible at once.</param>
internal sealed record SentMessage(string Text, TimeSpan Delay);

/// <summary>Stands in for the death of the process: the code under test does not catch it.</summary>
#pragma warning disable CA1032, CA1064 // Only created here.
internal sealed class KilledException() : Exception("Killed, says the test.");
#pragma warning restore CA1032, CA1064

/// <summary>
/// Records the queue messages that are sent, and throws a <see cref="KilledException"/> at a chosen point before or
/// after a storage call.
/// </summary>
internal sealed class FaultInjectionPolicy : HttpPipelinePolicy
{
    private int _remaining;

    /// <summary>The messages sent so far, in order.</summary>
    public ConcurrentQueue<SentMessage> Messages { get; } = new();

    /// <summary>Whether a kill is still to come.</summary>
    public bool IsArmed => Volatile.Read(ref _remaining) > 0;

    /// <summary>Throws once, at the n-th kill point from now; 0 disarms.</summary>
    public void KillAt(int moment) => _remaining = moment;

    /// <summary>
    /// A point at which the process may be killed: before and after each storage call, and where a test calls it.
    /// </summary>
    public void KillPoint()
    {
        if (IsArmed && Interlocked.Decrement(ref _remaining) == 0)
        {
            throw new KilledException();
        }
    }

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        KillPoint();
        await ProcessNextAsync(message, pipeline);
        if (
            message.Request.Method == RequestMethod.Post
            && message.Response.Status == 201
            && message.Request.Uri.Path.EndsWith("/messages", StringComparison.Ordinal)
        )
        {
            Messages.Enqueue(await ReadAsync(message.Request));
        }

        KillPoint();
    }

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The blog calls storage asynchronously.");

    private static async Task<SentMessage> ReadAsync(Request request)
    {
        using var body = new MemoryStream();
        await request.Content!.WriteToAsync(body, CancellationToken.None);
        body.Position = 0;
        var text = XElement.Load(body).Element("MessageText")!.Value;
        var delay = System.Web.HttpUtility.ParseQueryString(request.Uri.Query)["visibilitytimeout"] ?? "0";
        return new SentMessage(
            Encoding.UTF8.GetString(Convert.FromBase64String(text)),
            TimeSpan.FromSeconds(int.Parse(delay, System.Globalization.CultureInfo.InvariantCulture))
        );
    }
}
