using System.Collections.Concurrent;
using System.Text;
using System.Xml.Linq;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessBlog.Tests.Notifications;

/// <summary>A message as it was put into a queue.</summary>
/// <param name="Text">Decoded.</param>
/// <param name="Delay">How long it is hidden; zero when it is seen at once.</param>
internal sealed record SentMessage(string Text, TimeSpan Delay);

/// <summary>Thrown where a process is said to die: nothing catches it.</summary>
#pragma warning disable CA1032, CA1064 // Only ever made here.
internal sealed class KilledException() : Exception("Killed, says the test.");
#pragma warning restore CA1032, CA1064

/// <summary>Sees every call to storage: notes the messages that were sent, and kills the caller at a chosen moment before or after a call.</summary>
internal sealed class WireTap : HttpPipelinePolicy
{
    private int _moments;

    public ConcurrentQueue<SentMessage> Messages { get; } = new();

    /// <summary>Will the caller be killed?</summary>
    public bool IsArmed => Volatile.Read(ref _moments) > 0;

    /// <summary>Kills the caller, once, at the n-th moment from now.</summary>
    public void KillAt(int moment) => _moments = moment;

    /// <summary>One of the moments at which a process may die.</summary>
    public void Moment()
    {
        if (IsArmed && Interlocked.Decrement(ref _moments) == 0)
        {
            throw new KilledException();
        }
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Moment();
        await ProcessNextAsync(message, pipeline);
        if (
            message.Request.Method == RequestMethod.Post
            && message.Response.Status == 201
            && message.Request.Uri.Path.EndsWith("/messages", StringComparison.Ordinal)
        )
        {
            Messages.Enqueue(await ReadAsync(message.Request));
        }

        Moment();
    }

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
