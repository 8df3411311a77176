namespace ServerlessBlog.Admin.SignIn;

/// <summary>What the sign-in page adds on the author's own machine: which address it takes, where the mail is.</summary>
/// <param name="Sentence">Shown as text. Null: nothing is added, as in every deployed app.</param>
public sealed record SignInHint(string? Sentence)
{
    /// <summary>The hint of a deployed app.</summary>
    public static SignInHint None { get; } = new(Sentence: null);
}
