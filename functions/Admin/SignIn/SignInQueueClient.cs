using System.Text.Json;
using Azure.Storage.Queues;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>Wishes to sign in. Whether an address is an author's is looked at behind the queue, so that the answer before it takes as long for any.</summary>
public sealed class SignInQueueClient(BlogStorage storage)
{
    private readonly QueueClient _queue = storage.Queue(StorageNames.SignInQueue);

    /// <summary>Hands a wish on.</summary>
    public Task SendAsync(SignInRequest request, CancellationToken cancellationToken) =>
        _queue.SendMessageAsync(JsonSerializer.Serialize(request, SignInJson.Default.SignInRequest), cancellationToken);
}
