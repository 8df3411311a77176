using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>The form that asks who wants to sign in.</summary>
/// <param name="Site">What every page shows.</param>
/// <param name="IsRefused">Whether something else was asked for, which takes signing in.</param>
/// <param name="Hint">What is added on the author's own machine; null elsewhere.</param>
/// <param name="Mail">The one field.</param>
public sealed record SignInView(SiteLayout Site, bool IsRefused, string? Hint, FieldView Mail);
