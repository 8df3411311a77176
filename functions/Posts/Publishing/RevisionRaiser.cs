using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>
/// Raises the revision of a post's page after something in its conversation has changed, and that of lists, which show
/// the number of comments. Thread-safe.
/// </summary>
/// <remarks>
/// Coalesces concurrent calls: calls for a post that arrive while a raise of it is running share the next one, which
/// begins after all their changes were written.
/// </remarks>
public sealed class RevisionRaiser(PostTable posts, AddressTable addresses, SiteTable site, RaiseQueueClient raises)
{
    private readonly Dictionary<PostId, Coalescer> _coalescers = [];

    private sealed class Coalescer
    {
        public SemaphoreSlim Lock { get; } = new(1);

        public Task? Next { get; set; }

        public int Users { get; set; }
    }

    /// <summary>
    /// Raises the revision. Completes when a revision created after this call has been written. Cancellation ends the
    /// wait, not the raise.
    /// </summary>
    public Task RaiseAsync(PostId post, CancellationToken cancellationToken)
    {
        lock (_coalescers)
        {
            if (!_coalescers.TryGetValue(post, out var coalescer))
            {
                _coalescers[post] = coalescer = new Coalescer();
            }

            return (coalescer.Next ??= RaiseNextAsync(post, coalescer)).WaitAsync(cancellationToken);
        }
    }

    private async Task RaiseNextAsync(PostId post, Coalescer coalescer)
    {
        coalescer.Users++;
        await Task.Yield();
        await coalescer.Lock.WaitAsync();
        lock (_coalescers)
        {
            coalescer.Next = null;
        }

        try
        {
            // Not cancelled with one caller's token, since other callers wait for the same raise. Storage's timeouts
            // bound it.
            if (await posts.FindForWriteAsync(post, CancellationToken.None) is { } found)
            {
                await addresses.RaiseAsync(found.Value.Path, post, CancellationToken.None);
                await site.RaiseCommentsAsync(stop => raises.SendAsync(post, stop), CancellationToken.None);
            }
        }
        finally
        {
            coalescer.Lock.Release();
            lock (_coalescers)
            {
                if (--coalescer.Users == 0)
                {
                    _coalescers.Remove(post);
                }
            }
        }
    }
}
