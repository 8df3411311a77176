using ServerlessBlog.Letters.Replies;
using ServerlessBlog.Posts;

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

    /// <summary>Wish: a letter with each new post.</summary>
    public const string Each = "each";

    /// <summary>Wish: one letter a week with the new posts.</summary>
    public const string Weekly = "weekly";

    /// <summary>Wish: nothing.</summary>
    public const string Nothing = "nothing";

    /// <summary>Does what a recipient has chosen. Does nothing when they are gone, and for anything unknown.</summary>
    /// <param name="id">The recipient's id.</param>
    /// <param name="scope">What the choice is about.</param>
    /// <param name="choice">The choice, from outside.</param>
    /// <param name="cancellationToken">Stops the work; call again.</param>
    public Task ApplyAsync(string id, LetterScope scope, LetterChoice choice, CancellationToken cancellationToken) =>
        (choice.Act, choice.Wish) switch
        {
            (Confirm, _) => ConfirmAsync(id, cancellationToken),
            (Stop, _) => StopAsync(id, cancellationToken),
            (Unsubscribe, _) or (Save, Nothing) => UnsubscribeAsync(id, scope, cancellationToken),
            (Save, Replies or Thread) => FollowAsync(id, scope, choice.Wish == Thread, cancellationToken),
            (Save, Each or Weekly) => SubscribeAsync(id, choice, cancellationToken),
            _ => Task.CompletedTask,
        };

    /// <summary>Parses what was entered of tags, separated by commas; those beyond the limits are left out.</summary>
    public static IReadOnlyList<string> ParseTags(string text) =>
        [
            .. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Where(tag => tag.Length <= Tag.MaxLength)
                .Select(tag => Tag.Parse(tag.TrimStart('#')).Key)
                .Where(key => key.Length > 0)
                .Distinct()
                .Take(PostSubscription.MaxTags),
        ];

    private Task ConfirmAsync(string id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return recipients.ChangeAsync(
            id,
            recipient =>
                recipient with
                {
                    Confirmed = recipient.Confirmed ?? now,
                    Posts = recipient.Wanted is { } wanted ? wanted with { Since = now } : recipient.Posts,
                    Wanted = null,
                    Refusals = 0,
                },
            cancellationToken
        );
    }

    private Task SubscribeAsync(string id, LetterChoice choice, CancellationToken cancellationToken) =>
        recipients.ChangeAsync(
            id,
            recipient =>
                recipient.Confirmed is null
                    ? null
                    : recipient with
                    {
                        Posts = new PostSubscription(
                            ParseTags(choice.Tags),
                            choice.Wish == Weekly,
                            recipient.Posts?.Since ?? clock.GetUtcNow()
                        ),
                        Wanted = null,
                    },
            cancellationToken
        );

    private async Task StopAsync(string id, CancellationToken cancellationToken)
    {
        if (await recipients.FindAsync(id, cancellationToken) is { Value: var recipient })
        {
            await recipients.SuppressAsync(recipient, cancellationToken);
        }
    }

    private Task UnsubscribeAsync(string id, LetterScope scope, CancellationToken cancellationToken) =>
        scope.IsThread
            ? followers.ChangeAsync(
                scope,
                id,
                wish => wish is null ? null : wish with { IsOff = true },
                cancellationToken
            )
            : recipients.ChangeAsync(
                id,
                recipient => recipient with { Posts = null, Wanted = null },
                cancellationToken
            );

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

/// <summary>A choice as it was entered.</summary>
/// <param name="Act">One of the acts of <see cref="LetterChoices"/>.</param>
/// <param name="Wish">For <see cref="LetterChoices.Save"/>, one of its wishes.</param>
/// <param name="Tags">For new posts, the tags, separated by commas; empty for all.</param>
public sealed record LetterChoice(string Act, string Wish = "", string Tags = "");
