namespace ServerlessBlog.Admin.SignIn;

/// <summary>Adds passkeys and signs in with them. Challenges are signed and not stored until they are used.</summary>
public sealed class PasskeySignIn(
    PasskeyTable table,
    SignInTable links,
    Moderators moderators,
    AdminSignIn signIn,
    BlogSettings settings,
    TimeProvider clock
)
{
    /// <summary>How long a challenge is valid: 15 minutes, as a sign-in link.</summary>
    private static readonly TimeSpan Lifetime = SignInLink.Lifetime;

    private readonly Signature _adding = new(settings, "passkey-add");
    private readonly Signature _signingIn = new(settings, "passkey-sign-in");

    /// <summary>Creates the challenge for a new passkey of a session.</summary>
    public string ChallengeFor(SignedInModerator moderator) =>
        _adding.Sign($"{moderator.Session}.{SignInLink.NewId()}", clock.GetUtcNow() + Lifetime);

    /// <summary>Creates a challenge for signing in.</summary>
    public string NewChallenge() => _signingIn.Sign(SignInLink.NewId(), clock.GetUtcNow() + Lifetime);

    /// <summary>Lists the moderator's passkeys, the newest first.</summary>
    public async Task<IReadOnlyList<Passkey>> ListAsync(
        SignedInModerator moderator,
        CancellationToken cancellationToken
    ) =>
        [
            .. (await table.ListAsync(Moderators.ComputeId(moderator.Author), cancellationToken)).OrderByDescending(
                passkey => passkey.Added
            ),
        ];

    /// <summary>
    /// Adds a passkey of the moderator. False when the response is not to a challenge of this session, or the moderator
    /// has the passkey, or <see cref="PasskeyTable.MaxPasskeys"/>, already.
    /// </summary>
    /// <param name="moderator">The moderator.</param>
    /// <param name="response">The authenticator's response; null when it could not be read.</param>
    /// <param name="origin">The origin of the page.</param>
    /// <param name="userAgent">The header User-Agent of the browser.</param>
    /// <param name="cancellationToken">Cancels the calls to storage.</param>
    public async Task<bool> AddAsync(
        SignedInModerator moderator,
        PasskeyResponse? response,
        string origin,
        string userAgent,
        CancellationToken cancellationToken
    )
    {
        var (author, now) = (Moderators.ComputeId(moderator.Author), clock.GetUtcNow());
        if (
            response is not { IsNewPasskey: true }
            || !_adding.TryRead(response.ReadChallenge("webauthn.create", origin), now, out var parts, out _)
            || parts is not [var session, _]
            || session != moderator.Session
            || (await table.ListAsync(author, cancellationToken)).Count >= PasskeyTable.MaxPasskeys
        )
        {
            return false;
        }

        var passkey = new Passkey(
            response.Id,
            response.PublicKey,
            response.Counter,
            AdminSession.Cut(userAgent),
            now,
            LastUsed: null
        );
        return await table.TryWriteAsync(author, passkey, readVersion: null, cancellationToken);
    }

    /// <summary>Removes a passkey of the moderator. Does nothing when there is none such.</summary>
    public Task RemoveAsync(SignedInModerator moderator, string id, CancellationToken cancellationToken) =>
        table.RemoveAsync(Moderators.ComputeId(moderator.Author), id, cancellationToken);

    /// <summary>
    /// Signs in. Returns the value of the session cookie; null when the response is not to a challenge of this blog,
    /// which was not answered before, by a passkey of an author, or when its counter says that the passkey was copied.
    /// </summary>
    /// <param name="response">The authenticator's response; null when it could not be read.</param>
    /// <param name="origin">The origin of the page.</param>
    /// <param name="userAgent">The header User-Agent of the browser.</param>
    /// <param name="cancellationToken">Cancels the calls to storage.</param>
    public async Task<string?> SignInAsync(
        PasskeyResponse? response,
        string origin,
        string userAgent,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        if (
            response is null
            || !_signingIn.TryRead(response.ReadChallenge("webauthn.get", origin), now, out var parts, out var until)
            || parts is not [var challenge]
            || moderators.FindById(response.Author) is not { } author
            || await table.FindAsync(response.Author, response.Id, cancellationToken) is not { } passkey
            || !response.IsSignedBy(passkey.Value)
            || !IsCountedUp(passkey.Value.Counter, response.Counter)
            || !await links.TryUseAsync(new SignInLink(author, challenge, until), cancellationToken)
        )
        {
            return null;
        }

        var used = passkey.Value with { Counter = response.Counter, LastUsed = now };
        return await table.TryWriteAsync(response.Author, used, passkey.Version, cancellationToken)
            ? await signIn.BeginAsync(author, userAgent, cancellationToken)
            : null;
    }

    /// <summary>
    /// Whether a counter is possible after another: larger, or both 0 for an authenticator that counts nothing (Web
    /// Authentication Level 3, 7.2, step 22).
    /// </summary>
    private static bool IsCountedUp(uint before, uint now) => (before, now) is (0, 0) || now > before;
}
