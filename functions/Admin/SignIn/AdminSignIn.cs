namespace ServerlessBlog.Admin.SignIn;

/// <summary>
/// Starts, finds and ends sessions. The cookie is signed, and valid only while its session is in storage.
/// </summary>
public sealed class AdminSignIn(SignInTable table, Moderators moderators, BlogSettings settings, TimeProvider clock)
{
    private readonly Signature _signature = new(settings, "desk-session");

    /// <summary>Signs in with a link.</summary>
    /// <param name="link">The link, already verified.</param>
    /// <param name="cancellationToken">Cancels the work; the link may be used up then.</param>
    /// <returns>Value of the session cookie; null when the link was used before.</returns>
    public async Task<string?> BeginAsync(SignInLink link, CancellationToken cancellationToken)
    {
        var authorId = Moderators.ComputeId(link.Author);
        if (!await table.TryUseAsync(authorId, link, cancellationToken))
        {
            return null;
        }

        var session = new AdminSession(SignInLink.NewId(), clock.GetUtcNow() + AdminSession.Lifetime);
        await table.AddAsync(authorId, session, clock.GetUtcNow(), cancellationToken);
        return _signature.Sign($"{authorId}.{session.Id}", session.Until);
    }

    /// <summary>
    /// Finds the moderator of a session cookie. Null when the value is missing, not signed by this blog or expired, the
    /// session was ended, or the moderator is no author any more.
    /// </summary>
    public async Task<SignedInModerator?> FindAsync(string? cookie, CancellationToken cancellationToken) =>
        _signature.TryRead(cookie, clock.GetUtcNow(), out var parts, out _)
        && parts is [var authorId, var id]
        && moderators.FindById(authorId) is { } author
        && await table.FindAsync(authorId, id, cancellationToken) is not null
            ? new SignedInModerator(author, id)
            : null;

    /// <summary>
    /// Ends the session of the moderator or, with <paramref name="everywhere"/>, all of their sessions.
    /// </summary>
    public Task EndAsync(SignedInModerator moderator, bool everywhere, CancellationToken cancellationToken) =>
        everywhere
            ? table.EndAllAsync(Moderators.ComputeId(moderator.Author), cancellationToken)
            : table.EndAsync(Moderators.ComputeId(moderator.Author), moderator.Session, cancellationToken);
}

/// <summary>The signed-in moderator of a request.</summary>
/// <param name="Author">The author.</param>
/// <param name="Session">Id of the session.</param>
public sealed record SignedInModerator(Person Author, string Session);
