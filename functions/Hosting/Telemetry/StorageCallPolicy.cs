using System.Diagnostics;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace ServerlessBlog.Hosting.Telemetry;

/// <summary>
/// Measures each attempt of a storage call: service, HTTP method, status and outcome. Never its address, which holds
/// keys, nor its headers, which hold signatures. Calls outside of a request and an invocation are not measured: they
/// are the local host's polling.
/// </summary>
internal sealed class StorageCallPolicy : HttpPipelinePolicy
{
    private readonly string _service;

    /// <param name="options">The options of the client that gets the policy.</param>
    public StorageCallPolicy(ClientOptions options) =>
        _service = options switch
        {
            TableClientOptions => "table",
            BlobClientOptions => "blob",
            _ => "queue",
        };

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The blog calls storage asynchronously.");

    /// <inheritdoc/>
    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        BlogTelemetry.IsEnabled && Activity.Current is not null
            ? MeasureAsync(message, pipeline)
            : ProcessNextAsync(message, pipeline);

    private async ValueTask MeasureAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var started = Stopwatch.GetTimestamp();
        var method = message.Request.Method.Method;
        using var span = BlogTelemetry.StartChild($"{_service} {method}", ActivityKind.Client);
        var outcome = "error";
        try
        {
            await ProcessNextAsync(message, pipeline);
            outcome = OutcomeOf(message.Response.Status);
            span?.SetTag("http.response.status_code", message.Response.Status);
        }
        catch (OperationCanceledException)
        {
            outcome = message.CancellationToken.IsCancellationRequested ? "cancelled" : "timeout";
            throw;
        }
        finally
        {
            var tags = new TagList
            {
                { "blog.storage.service", _service },
                { "blog.storage.operation", method },
                { BlogTelemetry.OutcomeTag, outcome },
            };
            BlogTelemetry.StorageCallEnded(started, tags);
            Describe(span, tags, outcome);
        }
    }

    private static void Describe(Activity? span, in TagList tags, string outcome)
    {
        foreach (var (name, value) in tags)
        {
            span?.SetTag(name, value);
        }

        if (outcome is "error" or "timeout" or "throttled")
        {
            span?.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>
    /// The outcome of a response. Storage is throttled with 503 ServerBusy, and says 500 when it timed out itself
    /// (https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes).
    /// </summary>
    private static string OutcomeOf(int status) =>
        status switch
        {
            < 400 => "ok",
            404 => "not found",
            409 or 412 => "conflict",
            429 or 503 => "throttled",
            408 or 500 or 504 => "timeout",
            _ => "error",
        };
}
