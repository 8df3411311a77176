namespace ServerlessBlog.Settings;

/// <summary>
/// The addresses of the admin area. A constant that ends in Route is a function's route pattern, which begins without a
/// slash; everything else but <see cref="Segment"/> is a path within the blog.
/// </summary>
public static class AdminPaths
{
    /// <summary>The first segment of all of them; by itself the route of <see cref="Home"/>.</summary>
    public const string Segment = "moderate";

    /// <summary>The comments that wait, or the form to sign in.</summary>
    public const string Home = "/" + Segment;

    /// <summary>A link in a mail that asks for a decision about one comment.</summary>
    public const string ReviewRoute = Segment + "/{token}";

    /// <summary>The comments in one state.</summary>
    public const string CommentsRoute = Segment + "/comments/{state}";

    /// <summary>One comment.</summary>
    public const string CommentRoute = Segment + "/comment/{key}";

    /// <summary>The list of the author's files.</summary>
    public const string PostsRoute = Segment + "/posts/all";

    /// <summary>The path of <see cref="PostsRoute"/>.</summary>
    public const string Posts = "/" + PostsRoute;

    /// <summary>The form that edits a post; without a name a new one.</summary>
    public const string EditPostRoute = Segment + "/posts/edit";

    /// <summary>The path of <see cref="EditPostRoute"/>.</summary>
    public const string EditPost = "/" + EditPostRoute;

    /// <summary>The rules that comments are judged by.</summary>
    public const string RulesRoute = Segment + "/rules/edit";

    /// <summary>The path of <see cref="RulesRoute"/>.</summary>
    public const string Rules = "/" + RulesRoute;

    /// <summary>Refused uploads, and messages that failed too often.</summary>
    public const string FailuresRoute = Segment + "/failures/all";

    /// <summary>The path of <see cref="FailuresRoute"/>.</summary>
    public const string Failures = "/" + FailuresRoute;

    /// <summary>A link in a mail that signs in.</summary>
    public const string SignInRoute = Segment + "/sign-in/{token}";

    /// <summary>Signs out.</summary>
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

    /// <summary>The path of <see cref="SignInRoute"/>.</summary>
    /// <param name="token">The signed token, safe in a URL.</param>
    public static string SignIn(string token) => Fill(SignInRoute, token);

    /// <summary>Where the file of this name is edited.</summary>
    /// <param name="name">The file's name; escaped here.</param>
    public static string EditPostNamed(string name) => $"{EditPost}?name={Uri.EscapeDataString(name)}";

    /// <summary>The path of a route whose last segment is its one parameter.</summary>
    private static string Fill(string route, string value) =>
        $"/{route[..route.IndexOf('{', StringComparison.Ordinal)]}{value}";
}
