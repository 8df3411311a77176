using Azure.Storage.Queues;

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

/// <summary>
/// Request for a sign-in link. Anyone can send one, with any address. Queue message, and JSON of the row <c>asked</c>.
/// </summary>
/// <param name="Id">Id of the link to create.</param>
/// <param name="Mail">E-mail address as typed in messages of earlier versions; else empty.</param>
/// <param name="Asked">Time of the request.</param>
public sealed record SignInRequest(string Id, string Mail, DateTimeOffset Asked)
{
    /// <summary>Key of the e-mail address (<see cref="Moderators.KeyOf"/>); empty in the row.</summary>
    public string Address { get; init; } = "";
}
