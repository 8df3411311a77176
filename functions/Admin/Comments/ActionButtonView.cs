namespace ServerlessBlog.Admin.Comments;

/// <summary>Something that can be done with comments.</summary>
/// <param name="Act">How the form says it.</param>
/// <param name="Text">What the button says.</param>
public sealed record ActionButtonView(string Act, string Text);
