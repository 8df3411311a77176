using System.Collections.Concurrent;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// A pipeline policy that records every call to storage, and fails or delays the calls that a test selects. It also
/// raises the network timeout.
/// </summary>
public sealed class StorageCalls : HttpPipelinePolicy
{
    /// <summary>
    /// Network timeout: 30 s instead of the 2 s of the read path, since an emulator that shares two cores with a
    /// compiler may take longer, and the timeout is not under test.
    /// </summary>
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<string> _made = [];

    /// <summary>
    /// Determines whether a call is one of the local host's, which polls for messages and uploads in the background.
    /// </summary>
    public static bool IsFromLocalHost(string call) =>
        call is "GET /posts" or "GET /media" || call.EndsWith("/messages", StringComparison.Ordinal);

    /// <summary>
    /// The calls since <see cref="Clear"/> or the start, oldest first: method and path without the account, such as
    /// "GET /posts/welcome.md".
    /// </summary>
    public IReadOnlyList<string> Recorded => [.. _made];

    /// <summary>
    /// Selects the calls that fail with a <see cref="RequestFailedException"/> before they are sent, as when nothing
    /// listens.
    /// </summary>
    public Func<string, bool> ShouldFail { get; set; } = _ => false;

    /// <summary>Delays calls: a call is sent when the returned task has completed.</summary>
    public Func<string, Task> Delay { get; set; } = _ => Task.CompletedTask;

    /// <summary>Clears <see cref="Recorded"/>.</summary>
    public void Clear() => _made.Clear();

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Record(message);
        ProcessNext(message, pipeline);
    }

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await Delay(Record(message));
        await ProcessNextAsync(message, pipeline);
    }

    private string Record(HttpMessage message)
    {
        message.NetworkTimeout = NetworkTimeout;
        var path = message.Request.Uri.ToUri().AbsolutePath;
        var call = $"{message.Request.Method} {path[path.IndexOf('/', 1)..]}";
        _made.Enqueue(call);
        return ShouldFail(call) ? throw new RequestFailedException("Connection refused, simulated by the test.") : call;
    }
}
