namespace ServerlessBlog.Settings;

/// <summary>
/// The addresses of the admin area. A constant that ends in Route is a function's route pattern, without a leading
/// slash; all others except <see cref="Segment"/> are paths with one.
/// </summary>
public static class AdminPaths
{
    /// <summary>The first segment of all admin addresses; by itself the route of <see cref="Home"/>.</summary>
    public const string Segment = "moderate";

    /// <summary>The home page: the held comments, or the sign-in form.</summary>
    public const string Home = "/" + Segment;

    /// <summary>The script of the admin area.</summary>
    public const string ScriptRoute = Segment + ".js";

    /// <summary>The path of <see cref="ScriptRoute"/>.</summary>
    public const string Script = "/" + ScriptRoute;

    /// <summary>The page behind the signed link in a mail that asks for a decision about one comment.</summary>
    public const string ReviewRoute = Segment + "/{token}";

    /// <summary>The list of the comments in one state.</summary>
    public const string CommentsRoute = Segment + "/comments/{state}";

    /// <summary>The page of one comment, with its history.</summary>
    public const string CommentRoute = Segment + "/comment/{key}";

    /// <summary>The links that the script of a post's page shows to whoever is signed in.</summary>
    public const string BadgeRoute = Segment + "/badge/{post}";

    /// <summary>The list of the author's files.</summary>
    public const string PostsRoute = Segment + "/posts/all";

    /// <summary>The path of <see cref="PostsRoute"/>.</summary>
    public const string Posts = "/" + PostsRoute;

    /// <summary>The form that edits a post file; without the query <c>name</c>, a new one.</summary>
    public const string EditPostRoute = Segment + "/posts/edit";

    /// <summary>The path of <see cref="EditPostRoute"/>.</summary>
    public const string EditPost = "/" + EditPostRoute;

    /// <summary>The page of one post, with its report and its versions.</summary>
    public const string PostRoute = Segment + "/post/{id}";

    /// <summary>The page behind the secret link to a post that is not public; it needs no signing in.</summary>
    public const string PreviewRoute = Segment + "/preview/{token}";

    /// <summary>The form that edits the moderation rules.</summary>
    public const string RulesRoute = Segment + "/rules/edit";

    /// <summary>The path of <see cref="RulesRoute"/>.</summary>
    public const string Rules = "/" + RulesRoute;

    /// <summary>The form that edits what the owner says about the blog.</summary>
    public const string SiteRoute = Segment + "/site/edit";

    /// <summary>The path of <see cref="SiteRoute"/>.</summary>
    public const string Site = "/" + SiteRoute;

    /// <summary>The form that edits a theme file as text.</summary>
    public const string ThemeRoute = Segment + "/theme/{file}";

    /// <summary>The path of <see cref="ThemeRoute"/> for the stylesheet.</summary>
    public const string Theme = "/" + Segment + "/theme/theme.css";

    /// <summary>The list of refused uploads and of poison messages.</summary>
    public const string FailuresRoute = Segment + "/failures/all";

    /// <summary>The path of <see cref="FailuresRoute"/>.</summary>
    public const string Failures = "/" + FailuresRoute;

    /// <summary>The mail that the blog sends: mailings, what failed, and the list of recipients.</summary>
    public const string MailRoute = Segment + "/mail/all";

    /// <summary>The path of <see cref="MailRoute"/>.</summary>
    public const string Mail = "/" + MailRoute;

    /// <summary>What is kept of one address; the address is in the form, never in a link.</summary>
    public const string PersonRoute = Segment + "/mail/person";

    /// <summary>The path of <see cref="PersonRoute"/>.</summary>
    public const string Person = "/" + PersonRoute;

    /// <summary>The page behind the signed sign-in link in a mail.</summary>
    public const string SignInRoute = Segment + "/sign-in/{token}";

    /// <summary>The list of where the moderator is signed in.</summary>
    public const string SessionsRoute = Segment + "/sessions/all";

    /// <summary>The path of <see cref="SessionsRoute"/>.</summary>
    public const string Sessions = "/" + SessionsRoute;

    /// <summary>The address that signs in with a passkey.</summary>
    public const string PasskeyRoute = Segment + "/passkey/sign-in";

    /// <summary>The path of <see cref="PasskeyRoute"/>.</summary>
    public const string Passkey = "/" + PasskeyRoute;

    /// <summary>The script of the forms with passkeys.</summary>
    public const string PasskeyScriptRoute = Segment + "/passkey/script.js";

    /// <summary>The path of <see cref="PasskeyScriptRoute"/>.</summary>
    public const string PasskeyScript = "/" + PasskeyScriptRoute;

    /// <summary>The address that ends the session.</summary>
    public const string SignOutRoute = Segment + "/session/end";

    /// <summary>The path of <see cref="SignOutRoute"/>.</summary>
    public const string SignOut = "/" + SignOutRoute;

    /// <summary>The path of <see cref="ReviewRoute"/>.</summary>
    /// <param name="token">The signed token, safe in a URL.</param>
    public static string Review(string token) => Fill(ReviewRoute, token);

    /// <summary>The path of <see cref="CommentsRoute"/>.</summary>
    /// <param name="state">The state, in lower case.</param>
    public static string Comments(string state) => Fill(CommentsRoute, state);

    /// <summary>The path of <see cref="CommentRoute"/>.</summary>
    /// <param name="key">The comment's key, safe in a URL.</param>
    public static string Comment(string key) => Fill(CommentRoute, key);

    /// <summary>The path of <see cref="PostRoute"/>.</summary>
    /// <param name="id">The post's id.</param>
    public static string Post(string id) => Fill(PostRoute, id);

    /// <summary>The path of <see cref="PreviewRoute"/>.</summary>
    /// <param name="token">The signed token, safe in a URL.</param>
    public static string Preview(string token) => Fill(PreviewRoute, token);

    /// <summary>The path of <see cref="ThemeRoute"/>.</summary>
    /// <param name="file">The name of the file, without its folder.</param>
    public static string ThemeFile(string file) => Fill(ThemeRoute, file);

    /// <summary>The path of <see cref="SignInRoute"/>.</summary>
    /// <param name="token">The signed token, safe in a URL.</param>
    public static string SignIn(string token) => Fill(SignInRoute, token);

    /// <summary>The path of the form that edits the file of this name.</summary>
    /// <param name="name">The name of the file, not escaped.</param>
    public static string EditPostNamed(string name) => $"{EditPost}?name={Uri.EscapeDataString(name)}";

    /// <summary>The path of a route whose last segment is its only parameter.</summary>
    private static string Fill(string route, string value) =>
        $"/{route[..route.IndexOf('{', StringComparison.Ordinal)]}{value}";
}
