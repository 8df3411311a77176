namespace ServerlessBlog.Pages;

/// <summary>Something that a moderator can write about a comment.</summary>
/// <param name="Button">What its button says.</param>
/// <param name="Field">Where it is written.</param>
public sealed record DeskFieldView(string Button, FieldView Field);
