using System.Text.Json;
using Azure.Storage.Queues;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>
/// Queue of requests for a sign-in link. The address is checked behind the queue: the response takes equally long for
/// every address and does not reveal who is an author.
/// </summary>
public sealed class SignInQueueClient(BlogStorage storage)
{
    private readonly QueueClient _queue = storage.Queue(StorageNames.SignInQueue);

    /// <summary>Sends a request to the queue.</summary>
    public Task SendAsync(SignInRequest request, CancellationToken cancellationToken) =>
        _queue.SendMessageAsync(JsonSerializer.Serialize(request, SignInJson.Default.SignInRequest), cancellationToken);
}
