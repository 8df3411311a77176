namespace ServerlessBlog.Admin.Comments;

/// <summary>What a moderator wrote, and why it was not taken.</summary>
/// <param name="Act">What it was for: <see cref="Answer"/> or <see cref="Correct"/>.</param>
/// <param name="Text">As typed.</param>
/// <param name="Problem">Why, in one sentence.</param>
public sealed record ReplyDraft(string Act, string Text, string Problem)
{
    /// <summary>An answer to the comment. Names its field, too.</summary>
    public const string Answer = "answer";

    /// <summary>The comment's text as it is to be. Names its field, too.</summary>
    public const string Correct = "correct";
}
