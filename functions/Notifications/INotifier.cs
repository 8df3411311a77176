namespace ServerlessBlog.Notifications;

/// <summary>Delivers notifications to people. Created by <see cref="NotifierFactory"/>.</summary>
public interface INotifier
{
    /// <summary>Sends a notification, or gives up after 30 s.</summary>
    /// <exception cref="NotifierException">The notification was not sent: try again later.</exception>
    Task SendAsync(Notification notification, CancellationToken cancellationToken);

    /// <summary>Opens a connection for many notifications.</summary>
    /// <exception cref="NotifierException">The server did not answer, or refused the connection.</exception>
    Task<INotifierConnection> OpenAsync(CancellationToken cancellationToken) =>
        Task.FromResult<INotifierConnection>(new OneByOne(this));
}

/// <summary>A connection on which notifications are sent one after the other. Not thread-safe.</summary>
public interface INotifierConnection : IAsyncDisposable
{
    /// <summary>Sends a notification, or gives up after 30 s.</summary>
    /// <exception cref="NotifierException">
    /// It was not sent. After a refusal of its recipient, the connection takes others.
    /// </exception>
    Task SendAsync(Notification notification, CancellationToken cancellationToken);
}

/// <summary>A connection of a notifier that has none.</summary>
internal sealed class OneByOne(INotifier notifier) : INotifierConnection
{
    /// <inheritdoc/>
    public Task SendAsync(Notification notification, CancellationToken cancellationToken) =>
        notifier.SendAsync(notification, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Whether a mail server refused a recipient.</summary>
public enum Refusal
{
    /// <summary>It did not: something else is wrong.</summary>
    None,

    /// <summary>For the moment (4xx), or only this mail.</summary>
    Temporary,

    /// <summary>For good (5xx).</summary>
    Permanent,
}

/// <summary>A notification could not be sent. The message says why; it may be logged and holds no secret.</summary>
#pragma warning disable CA1032 // The standard constructors are omitted: every instance has a message.
public sealed class NotifierException(string problem, Exception? inner = null) : Exception(problem, inner)
{
    /// <summary>Whether the server refused the recipients, all of them.</summary>
    public Refusal Refusal { get; init; }
}
#pragma warning restore CA1032
