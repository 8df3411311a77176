using ServerlessBlog.Hosting;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>Signs people in and out. What their browser keeps is signed, and good only while storage knows its session.</summary>
public sealed class AdminSignIn(SignInTable table, Moderators moderators, BlogSettings settings, TimeProvider clock)
{
    private readonly Signature _signature = new(settings, "desk-session");

    /// <summary>Signs in with a link. Answers what the browser is to keep; null when the link was used before.</summary>
    public async Task<string?> BeginAsync(SignInLink link, CancellationToken cancellationToken)
    {
        var author = Moderators.IdOf(link.Author);
        if (!await table.UseAsync(author, link, cancellationToken))
        {
            return null;
        }

        var session = new AdminSession(SignInLink.NewId(), clock.GetUtcNow() + AdminSession.Lifetime);
        await table.AddAsync(author, session, clock.GetUtcNow(), cancellationToken);
        return _signature.Sign($"{author}.{session.Id}", session.Until);
    }

    /// <summary>Who has kept this. Null for what was not made here, has expired, or was ended.</summary>
    public async Task<SignedInModerator?> FindAsync(string? kept, CancellationToken cancellationToken) =>
        _signature.TryRead(kept, clock.GetUtcNow(), out var parts, out _)
        && parts is [var author, var id]
        && moderators.WithId(author) is { } who
        && await table.FindAsync(author, id, cancellationToken) is not null
            ? new SignedInModerator(who, id)
            : null;

    /// <summary>Signs out: with this browser, or with all that somebody has signed in with.</summary>
    public Task EndAsync(SignedInModerator moderator, bool everywhere, CancellationToken cancellationToken) =>
        everywhere
            ? table.EndAllAsync(Moderators.IdOf(moderator.Author), cancellationToken)
            : table.EndAsync(Moderators.IdOf(moderator.Author), moderator.Session, cancellationToken);
}
