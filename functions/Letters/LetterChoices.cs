using ServerlessBlog.Letters.Replies;

namespace ServerlessBlog.Letters;

/// <summary>What a recipient can do about their letters. Every method is idempotent.</summary>
public sealed class LetterChoices(RecipientTable recipients, FollowerTable followers, TimeProvider clock)
{
    /// <summary>Confirms that the address is theirs and that they want letters.</summary>
    public const string Confirm = "confirm";

    /// <summary>Saves what they want of one conversation.</summary>
    public const string Save = "save";

    /// <summary>Ends the letters about one thing.</summary>
    public const string Unsubscribe = "unsubscribe";

    /// <summary>Ends all letters for good.</summary>
    public const string Stop = "stop";

    /// <summary>Wish: replies to their comments.</summary>
    public const string Replies = "replies";

    /// <summary>Wish: all comments of the thread.</summary>
    public const string Thread = "thread";

    /// <summary>Wish: nothing.</summary>
    public const string Nothing = "nothing";

    /// <summary>Does what a recipient has chosen. Does nothing when they are gone, and for anything unknown.</summary>
    /// <param name="id">The recipient's id.</param>
    /// <param name="scope">What the choice is about.</param>
    /// <param name="act">One of the acts of this class; from outside.</param>
    /// <param name="wish">For <see cref="Save"/>, one of the wishes; from outside.</param>
    /// <param name="cancellationToken">Stops the work; call again.</param>
    public Task ApplyAsync(string id, LetterScope scope, string act, string wish, CancellationToken cancellationToken) =>
        (act, wish) switch
        {
            (Confirm, _) => ConfirmAsync(id, cancellationToken),
            (Stop, _) => StopAsync(id, cancellationToken),
            (Unsubscribe, _) or (Save, Nothing) => UnsubscribeAsync(id, scope, cancellationToken),
            (Save, Replies or Thread) => FollowAsync(id, scope, wish == Thread, cancellationToken),
            _ => Task.CompletedTask,
        };

    private Task ConfirmAsync(string id, CancellationToken cancellationToken) =>
        recipients.ChangeAsync(
            id,
            recipient => recipient with { Confirmed = recipient.Confirmed ?? clock.GetUtcNow() },
            cancellationToken
        );

    private async Task StopAsync(string id, CancellationToken cancellationToken)
    {
        if (await recipients.FindAsync(id, cancellationToken) is { Value: var recipient })
        {
            await recipients.SuppressAsync(recipient, cancellationToken);
        }
    }

    private async Task UnsubscribeAsync(string id, LetterScope scope, CancellationToken cancellationToken)
    {
        if (scope.IsThread)
        {
            await followers.ChangeAsync(
                scope,
                id,
                wish => wish is null ? null : wish with { IsOff = true },
                cancellationToken
            );
        }
    }

    private async Task FollowAsync(
        string id,
        LetterScope scope,
        bool followsThread,
        CancellationToken cancellationToken
    )
    {
        if (scope.IsThread && await recipients.FindAsync(id, cancellationToken) is not null)
        {
            await followers.ChangeAsync(
                scope,
                id,
                wish => (wish ?? new Follower(id, [], false)) with { FollowsThread = followsThread, IsOff = false },
                cancellationToken
            );
        }
    }
}
