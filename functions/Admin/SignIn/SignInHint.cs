namespace ServerlessBlog.Admin.SignIn;

/// <summary>
/// Hint of the sign-in page when the blog runs locally: which address it accepts and where the mail is written.
/// </summary>
/// <param name="Sentence">Text of the hint; null for none, as in every deployed app.</param>
public sealed record SignInHint(string? Sentence)
{
    /// <summary>The hint of a deployed app.</summary>
    public static SignInHint None { get; } = new(Sentence: null);
}
