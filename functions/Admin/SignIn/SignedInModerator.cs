using ServerlessBlog.Settings;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>Somebody who is signed in.</summary>
/// <param name="Who">One of the authors.</param>
/// <param name="Session">The id of the session.</param>
public sealed record SignedInModerator(Person Author, string Session);
