using System.Collections.Concurrent;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>Sees every call to storage on its way out: records it, and fails it when a test wants that; waits for the answer longer than readers would.</summary>
public sealed class StorageCalls : HttpPipelinePolicy
{
    /// <summary>In place of the 2 s that readers wait: an emulator that shares two cores with a compiler may be silent for longer, and is not what is tested.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<string> _made = [];

    /// <summary>Whether it is a call of the local host, which looks for messages and uploads meanwhile.</summary>
    public static bool IsLocalHosts(string call) =>
        call is "GET /posts" or "GET /media" || call.EndsWith("/messages", StringComparison.Ordinal);

    /// <summary>What was called since <see cref="Forget"/>: method and path without the account, such as "GET /posts/welcome.md".</summary>
    public IReadOnlyList<string> Made => [.. _made];

    /// <summary>Calls for which this is true fail as if nobody listened.</summary>
    public Func<string, bool> Fail { get; set; } = _ => false;

    /// <summary>A call goes on when this has ended.</summary>
    public Func<string, Task> Hold { get; set; } = _ => Task.CompletedTask;

    /// <summary>Begins to count anew.</summary>
    public void Forget() => _made.Clear();

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Note(message);
        ProcessNext(message, pipeline);
    }

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await Hold(Note(message));
        await ProcessNextAsync(message, pipeline);
    }

    private string Note(HttpMessage message)
    {
        message.NetworkTimeout = Patience;
        var path = message.Request.Uri.ToUri().AbsolutePath;
        var call = $"{message.Request.Method} {path[path.IndexOf('/', 1)..]}";
        _made.Enqueue(call);
        return Fail(call) ? throw new RequestFailedException("Nobody listens, as the test wants it.") : call;
    }
}
