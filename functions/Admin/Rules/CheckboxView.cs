namespace ServerlessBlog.Admin.Rules;

/// <summary>One field of a form that is ticked or not.</summary>
/// <param name="Name">The name it is sent under.</param>
/// <param name="Label">What it is for.</param>
/// <param name="Value">What is sent when it is ticked.</param>
/// <param name="IsOn">Whether it is ticked.</param>
public sealed record CheckboxView(string Name, string Label, string Value, bool IsOn);
