namespace ServerlessBlog.Pages;

/// <summary>One field of a form, with its label, hint and problem.</summary>
/// <param name="Name">The name it is sent under.</param>
/// <param name="Label">What it is for.</param>
/// <param name="Type">The type of its input, or <c>textarea</c>.</param>
/// <param name="MaxLength">The most characters it takes.</param>
/// <param name="IsRequired">Whether a browser refuses to send the form while it is empty.</param>
/// <param name="Autocomplete">What a browser may fill in; null for nothing.</param>
/// <param name="Hint">A sentence below the label; null for none.</param>
/// <param name="Value">What was typed.</param>
/// <param name="Problem">What is wrong with it, in one sentence; null for nothing.</param>
public sealed record FieldView(
    string Name,
    string Label,
    string Type,
    int MaxLength,
    bool IsRequired,
    string? Autocomplete,
    string? Hint,
    string Value,
    string? Problem)
{
    /// <summary>The id of the control itself. Prefixed, because a heading of the post may own the plain word.</summary>
    public string Id => $"your-{Name}";

    /// <summary>What stands after the label, such as "(optional)"; null for nothing.</summary>
    public string? Remark { get; init; }

    /// <summary>The ids of the hint and the problem, as many as there are; null when there is neither.</summary>
    public string? DescribedBy => (Hint, Problem) switch
    {
        (null, null) => null,
        (_, null) => $"{Id}-hint",
        (null, _) => $"{Id}-problem",
        _ => $"{Id}-hint {Id}-problem",
    };
}
