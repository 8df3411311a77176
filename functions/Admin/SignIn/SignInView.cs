using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>View of the sign-in form.</summary>
/// <param name="Site">Layout data that every page shows.</param>
/// <param name="IsRefused">True when the request was for another page, which needs signing in.</param>
/// <param name="Hint">Hint of a blog that runs locally; null elsewhere.</param>
/// <param name="Mail">Field of the e-mail address.</param>
/// <param name="Challenge">What a passkey has to sign.</param>
public sealed record SignInView(SiteLayout Site, bool IsRefused, string? Hint, FieldView Mail, string Challenge);
