namespace ServerlessBlog.Admin.SignIn;

/// <summary>That somebody wants to sign in: anybody can say so, with any address.</summary>
/// <param name="Id">What the link is to be known by.</param>
/// <param name="Mail">The address as it was typed.</param>
/// <param name="Asked">When.</param>
public sealed record SignInRequest(string Id, string Mail, DateTimeOffset Asked);
