namespace ServerlessBlog.Admin.SignIn;

/// <summary>
/// Starts, finds and ends sessions. The cookie is signed, and valid only while its session is in storage.
/// </summary>
public sealed class AdminSignIn(SignInTable table, Moderators moderators, BlogSettings settings, TimeProvider clock)
{
    private readonly Signature _signature = new(settings, "desk-session");

    /// <summary>Signs in with a link.</summary>
    /// <param name="link">The link, already verified.</param>
    /// <param name="userAgent">The header User-Agent of the browser.</param>
    /// <param name="cancellationToken">Cancels the work; the link may be used up then.</param>
    /// <returns>Value of the session cookie; null when the link was used before.</returns>
    public async Task<string?> BeginAsync(SignInLink link, string userAgent, CancellationToken cancellationToken) =>
        await table.TryUseAsync(link, cancellationToken)
            ? await BeginAsync(link.Author, userAgent, cancellationToken)
            : null;

    /// <summary>Signs an author in who has shown who they are. Returns the value of the session cookie.</summary>
    /// <param name="author">The author.</param>
    /// <param name="userAgent">The header User-Agent of the browser.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task<string> BeginAsync(Person author, string userAgent, CancellationToken cancellationToken)
    {
        var (authorId, now) = (Moderators.ComputeId(author), clock.GetUtcNow());
        var session = AdminSession.Begin(userAgent, now);
        await table.AddAsync(authorId, session, now, cancellationToken);
        return _signature.Sign($"{authorId}.{session.Id}", session.Until);
    }

    /// <summary>
    /// Finds the moderator of a session cookie. Null when the value is missing, not signed by this blog or expired, the
    /// session was ended, or the moderator is no author any more. Notes the first use on each day.
    /// </summary>
    public async Task<SignedInModerator?> FindAsync(string? cookie, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (
            !_signature.TryRead(cookie, now, out var parts, out _)
            || parts is not [var authorId, var id]
            || moderators.FindById(authorId) is not { } author
            || await table.FindAsync(authorId, id, cancellationToken) is not { } session
        )
        {
            return null;
        }

        if (session.Value.LastUsed is not { } last || last.UtcDateTime.Date < now.UtcDateTime.Date)
        {
            await table.NoteUseAsync(authorId, session, now, cancellationToken);
        }

        return new SignedInModerator(author, id);
    }

    /// <summary>Lists the sessions of the moderator, the one used last first.</summary>
    public async Task<IReadOnlyList<AdminSession>> ListAsync(
        SignedInModerator moderator,
        CancellationToken cancellationToken
    ) =>
        [
            .. (await table.ListAsync(Moderators.ComputeId(moderator.Author), cancellationToken))
                .Where(session => session.Until > clock.GetUtcNow())
                .OrderByDescending(session => session.Id == moderator.Session)
                .ThenByDescending(session => session.LastUsed ?? session.Begun),
        ];

    /// <summary>Ends another session of the moderator. Does nothing when it does not exist.</summary>
    /// <param name="moderator">The moderator.</param>
    /// <param name="id">The id of the session, from a form.</param>
    /// <param name="cancellationToken">Cancels the call to storage.</param>
    public Task EndOtherAsync(SignedInModerator moderator, string id, CancellationToken cancellationToken) =>
        id.Length == 32 && id.All(char.IsAsciiHexDigitLower)
            ? table.EndAsync(Moderators.ComputeId(moderator.Author), id, cancellationToken)
            : Task.CompletedTask;

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
