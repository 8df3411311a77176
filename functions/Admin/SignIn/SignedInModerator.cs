using ServerlessBlog.Settings;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>The signed-in moderator of a request.</summary>
/// <param name="Author">The author.</param>
/// <param name="Session">Id of the session.</param>
public sealed record SignedInModerator(Person Author, string Session);
