using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>View of the page of sessions.</summary>
/// <param name="Site">Layout data that every page shows.</param>
/// <param name="Name">Name of the moderator.</param>
/// <param name="Sessions">The sessions, that of this browser first.</param>
/// <param name="Passkeys">The passkeys, the newest first, and what a new one needs.</param>
/// <param name="Confirmation">Sentence that confirms the last action; null for none.</param>
public sealed record SessionsView(
    SiteLayout Site,
    string Name,
    IReadOnlyList<SessionView> Sessions,
    PasskeysView Passkeys,
    string? Confirmation
);

/// <summary>A session in the list.</summary>
/// <param name="Id">The id of the session.</param>
/// <param name="Browser">Browser and system, or what the browser said about itself.</param>
/// <param name="IsHere">True for the session of the request.</param>
/// <param name="Begun">When it began, in the blog's time zone.</param>
/// <param name="LastUsed">The day of its last use; null when it was not noted.</param>
public sealed record SessionView(
    string Id,
    string Browser,
    bool IsHere,
    DateTimeOffset Begun,
    DateTimeOffset? LastUsed
);

/// <summary>The passkeys of a moderator.</summary>
/// <param name="Author">The moderator's id.</param>
/// <param name="Mail">The moderator's e-mail address.</param>
/// <param name="Challenge">What a new passkey has to sign.</param>
/// <param name="Passkeys">The passkeys, the newest first.</param>
public sealed record PasskeysView(string Author, string Mail, string Challenge, IReadOnlyList<PasskeyView> Passkeys);

/// <summary>A passkey in the list.</summary>
/// <param name="Id">The id of the credential, in base64url.</param>
/// <param name="Browser">Where it was made: browser and system, or what the browser said about itself.</param>
/// <param name="Added">When it was added, in the blog's time zone.</param>
/// <param name="LastUsed">When it was used last; null before.</param>
public sealed record PasskeyView(string Id, string Browser, DateTimeOffset Added, DateTimeOffset? LastUsed);
