namespace ServerlessBlog.Notifications;

/// <summary>Where the other rooms hand in what people are to be told.</summary>
public sealed class NoticeDesk(NoticeTable notices, NoticeInbox inbox)
{
    /// <summary>Has people told, once however often the same notice is given: the first one counts.</summary>
    /// <remarks>The message is sent each time, in case the first time failed between the two. Give it again after an exception.</remarks>
    /// <exception cref="Azure.RequestFailedException">Storage refused or was not reached; people may be told all the same.</exception>
    public async Task GiveAsync(Notice notice, CancellationToken cancellationToken)
    {
        await notices.AddAsync(notice, cancellationToken);
        await inbox.SendAsync(notice.Id, delay: null, cancellationToken);
    }

    /// <summary>Takes a notice back, sent or not; what was mailed stays mailed. Taking it back again changes nothing.</summary>
    /// <exception cref="Azure.RequestFailedException">Storage refused or was not reached; it may be gone all the same.</exception>
    public Task TakeBackAsync(string id, CancellationToken cancellationToken) => notices.RemoveAsync(id, cancellationToken);
}
