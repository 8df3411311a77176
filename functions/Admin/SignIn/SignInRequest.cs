namespace ServerlessBlog.Admin.SignIn;

/// <summary>
/// Request for a sign-in link. Anyone can send one, with any address. Queue message, and JSON of the row <c>asked</c>.
/// </summary>
/// <param name="Id">Id of the link to create.</param>
/// <param name="Mail">E-mail address as typed; empty in the row.</param>
/// <param name="Asked">Time of the request.</param>
public sealed record SignInRequest(string Id, string Mail, DateTimeOffset Asked);
