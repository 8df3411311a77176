using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessBlog.Hosting.CustomHandler;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Site;

namespace ServerlessBlog.Benchmarks;

/// <summary>
/// An instance of the blog that has served no request yet, with its own services and memory, in this process. Records
/// each of its storage calls.
/// </summary>
internal sealed class ColdInstance : HttpPipelinePolicy, IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Call> _calls = [];

    /// <summary>Composes the services. Makes no storage call.</summary>
    public ColdInstance(string connection)
    {
        var builder = WebApplication.CreateSlimBuilder(CustomHandlerHost.Options);
        builder.Configuration.AddInMemoryCollection([
            new("Blog:Title", "Test blog"),
            new("Blog:BaseUrl", "http://blog.test"),
            new("Blog:Authors", "Ada <ada@blog.test>"),
            new("Blog:Secret", new string('s', 40)),
            new(StorageNames.Connection, connection),
        ]);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        ServerlessBlog.Program.ConfigureBuilder(builder);
        builder.Services.AddSingleton<HttpPipelinePolicy>(this);
        _app = builder.Build();
    }

    /// <summary>One attempt of a storage call.</summary>
    /// <param name="Method">The HTTP method, such as GET.</param>
    /// <param name="Path">The path without the account name, such as /addresses(...).</param>
    /// <param name="Status">The status code of the response; 0 when no response arrived.</param>
    /// <param name="Try">The retry number: 0 for the first attempt, 1 for the first retry.</param>
    public sealed record Call(string Method, string Path, int Status, int Try);

    /// <summary>Every attempt so far, in the order of completion.</summary>
    public IReadOnlyCollection<Call> Calls => _calls;

    /// <summary>Reads the page /posts/{slug} once, as one reader. Returns the response body.</summary>
    public Task<byte[]> ReadPostAsync(string slug) =>
        FunctionCall.ReadAsync(_app.Services.GetRequiredService<ReadPost>().RunAsync, _app.Services, $"/posts/{slug}");

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The blog asks storage asynchronously.");

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        finally
        {
            var path = message.Request.Uri.ToUri().AbsolutePath;
            _calls.Enqueue(
                new Call(
                    message.Request.Method.Method,
                    path[path.IndexOf('/', 1)..],
                    message.HasResponse ? message.Response.Status : 0,
                    message.ProcessingContext.RetryNumber
                )
            );
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
