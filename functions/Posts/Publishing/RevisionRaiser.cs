using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>Gives a post's page a fresh revision, after something on it has changed.</summary>
/// <remarks>Calls for the same post that come while one is under way share the next one: it begins after all their changes were written.</remarks>
public sealed class RevisionRaiser(PostTable posts, AddressTable addresses)
{
    private readonly Dictionary<PostId, Turn> _turns = [];

    private sealed class Turn
    {
        public SemaphoreSlim Free { get; } = new(1);

        public Task? Waiting { get; set; }

        public int Users { get; set; }
    }

    /// <summary>Raises. Ends when a revision that was made after this call is written.</summary>
    public Task RaiseAsync(PostId post, CancellationToken cancellationToken)
    {
        lock (_turns)
        {
            if (!_turns.TryGetValue(post, out var turn))
            {
                _turns[post] = turn = new Turn();
            }

            return (turn.Waiting ??= TakeTurnAsync(post, turn)).WaitAsync(cancellationToken);
        }
    }

    private async Task TakeTurnAsync(PostId post, Turn turn)
    {
        turn.Users++;
        await Task.Yield();
        await turn.Free.WaitAsync();
        lock (_turns)
        {
            turn.Waiting = null;
        }

        try
        {
            // Not cancelled with one of its callers: others wait for it too. Storage's own time limits bound it.
            if (await posts.FindPatientlyAsync(post, CancellationToken.None) is { } found)
            {
                await addresses.RaiseAsync(found.Value.Path, post, CancellationToken.None);
            }
        }
        finally
        {
            turn.Free.Release();
            lock (_turns)
            {
                if (--turn.Users == 0)
                {
                    _turns.Remove(post);
                }
            }
        }
    }
}
