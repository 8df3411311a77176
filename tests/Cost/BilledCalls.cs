using System.Globalization;
using System.Text;
using System.Web;
using System.Xml.Linq;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace ServerlessBlog.Tests.Cost;

/// <summary>
/// A pipeline policy that counts the storage calls of a blog as they are billed, and keeps the queue messages that it
/// sends, for a test to deliver.
/// </summary>
/// <remarks>
/// The read of the site's revision is left out: it happens every 2 s beside requests, so the model computes it from
/// the time in which instances answer.
/// </remarks>
internal sealed class BilledCalls(TimeProvider clock, string connection) : HttpPipelinePolicy
{
    private readonly string _blobs = new BlobServiceClient(connection).Uri.Authority;
    private readonly string _queues = new QueueServiceClient(connection).Uri.Authority;
    private readonly string _tables = new TableServiceClient(connection).Uri.Authority;
    private readonly Lock _lock = new();
    private readonly List<SentMessage> _messages = [];

    /// <summary>Reads of blobs and their properties.</summary>
    public int BlobReads { get; private set; }

    /// <summary>Writes and listings of blobs.</summary>
    public int BlobWrites { get; private set; }

    /// <summary>Calls to tables.</summary>
    public int TableOperations { get; private set; }

    /// <summary>Calls to queues.</summary>
    public int QueueOperations { get; private set; }

    /// <summary>Takes the message that is visible first, if it is visible by a time; null when none is.</summary>
    public SentMessage? TakeMessage(DateTimeOffset until)
    {
        lock (_lock)
        {
            var next = _messages.Where(message => message.VisibleAt <= until).MinBy(message => message.VisibleAt);
            _messages.Remove(next!);
            return next;
        }
    }

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The blog calls storage asynchronously.");

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        message.NetworkTimeout = TimeSpan.FromSeconds(30); // of no interest here, and the machine may be busy
        var sent = clock.GetUtcNow();
        Count(message.Request);
        await ProcessNextAsync(message, pipeline);
        var address = message.Request.Uri.ToUri();
        if (address.Authority == _queues)
        {
            await FollowAsync(message, address, sent);
        }
    }

    private void Count(Request request)
    {
        var address = request.Uri.ToUri();
        lock (_lock)
        {
            if (address.Authority == _tables)
            {
                TableOperations +=
                    address.AbsolutePath.EndsWith("(PartitionKey='site',RowKey='revision')", StringComparison.Ordinal)
                    && request.Method == RequestMethod.Get
                        ? 0
                        : 1;
            }
            else if (address.Authority == _queues)
            {
                QueueOperations++;
            }
            else if (address.Authority != _blobs)
            {
                throw new InvalidOperationException($"No price is known for a call to {address.Authority}.");
            }
            else if (request.Method == RequestMethod.Put || address.Query.Contains("comp=list"))
            {
                BlobWrites++;
            }
            else if (request.Method != RequestMethod.Delete)
            {
                BlobReads++;
            }
        }
    }

    /// <summary>Keeps a message that was sent, and forgets one that was deleted.</summary>
    private async Task FollowAsync(HttpMessage message, Uri address, DateTimeOffset sent)
    {
        var parts = address.AbsolutePath.Split('/');
        if (message.Request.Method == RequestMethod.Post && parts is [_, _, var queue, "messages"])
        {
            var delay = int.Parse(
                HttpUtility.ParseQueryString(address.Query)["visibilitytimeout"] ?? "0",
                CultureInfo.InvariantCulture
            );
            var text = await ReadTextAsync(message.Request);
            var id = await ReadIdAsync(message.Response);
            lock (_lock)
            {
                _messages.Add(new(id, queue, text, sent + TimeSpan.FromSeconds(delay)));
            }
        }
        else if (message.Request.Method == RequestMethod.Delete && parts is [_, _, _, "messages", var deleted])
        {
            lock (_lock)
            {
                _messages.RemoveAll(waiting => waiting.Id == deleted);
            }
        }
    }

    private static async Task<string> ReadTextAsync(Request request)
    {
        using var body = new MemoryStream();
        await request.Content!.WriteToAsync(body, CancellationToken.None);
        body.Position = 0;
        return Encoding.UTF8.GetString(Convert.FromBase64String(XElement.Load(body).Element("MessageText")!.Value));
    }

    private static async Task<string> ReadIdAsync(Response response)
    {
        var body = new MemoryStream();
        await response.ContentStream!.CopyToAsync(body);
        body.Position = 0;
        var id = XElement.Load(body).Element("QueueMessage")!.Element("MessageId")!.Value;
        body.Position = 0;
        response.ContentStream = body;
        return id;
    }
}

/// <summary>A message that the blog has sent.</summary>
/// <param name="Id">The id that storage gave it.</param>
/// <param name="Queue">The name of its queue.</param>
/// <param name="Text">The decoded text.</param>
/// <param name="VisibleAt">When it becomes visible, by the blog's clock.</param>
internal sealed record SentMessage(string Id, string Queue, string Text, DateTimeOffset VisibleAt);
