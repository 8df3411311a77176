using System.Threading.Channels;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// Observes the blobs that this program writes into the author's containers, or deletes there: files of the admin area,
/// and the sample posts. Safe for any number of threads.
/// </summary>
internal sealed class OwnUploadPolicy : HttpPipelinePolicy
{
    private readonly Channel<UploadEvent> _uploads = Channel.CreateUnbounded<UploadEvent>();

    /// <summary>The uploads, each once.</summary>
    public ChannelReader<UploadEvent> Uploads => _uploads.Reader;

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The blog calls storage asynchronously.");

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (
            (IsWritten(message) || IsDeleted(message))
            && new BlobUriBuilder(message.Request.Uri.ToUri())
                is {
                    BlobContainerName: StorageNames.Posts or StorageNames.Media,
                    BlobName: { Length: > 0 } name,
                } address
        )
        {
            _uploads.Writer.TryWrite(UploadEvent.Create(address.BlobContainerName, name, EtagOf(message)));
        }
    }

    private static bool IsWritten(HttpMessage message) =>
        message.Request.Method == RequestMethod.Put
        && message is { HasResponse: true, Response: { Status: 201, Headers.ETag: not null } }
        && IsPutBlob(message.Request.Uri.Query);

    private static bool IsDeleted(HttpMessage message) =>
        message.Request.Method == RequestMethod.Delete && message is { HasResponse: true, Response.Status: 202 };

    private static string? EtagOf(HttpMessage message) =>
        IsDeleted(message) ? null : message.Response.Headers.ETag.ToString();

    /// <summary>Whether a PUT writes a blob: at once, or by the list of its blocks.</summary>
    private static bool IsPutBlob(string query) =>
        !query.Contains("comp=", StringComparison.Ordinal)
        || query.Contains("comp=blocklist", StringComparison.Ordinal);
}
