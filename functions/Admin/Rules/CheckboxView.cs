namespace ServerlessBlog.Admin.Rules;

/// <summary>View of a checkbox.</summary>
/// <param name="Name">Name of the form field.</param>
/// <param name="Label">Label beside the checkbox.</param>
/// <param name="Value">Value that the form sends when the checkbox is ticked.</param>
/// <param name="IsOn">True when the checkbox is ticked.</param>
public sealed record CheckboxView(string Name, string Label, string Value, bool IsOn);
