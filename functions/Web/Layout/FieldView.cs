namespace ServerlessBlog.Web.Layout;

/// <summary>The view model of one form field with its label, hint and error.</summary>
public sealed record FieldView
{
    /// <summary>The name that the field is sent under.</summary>
    public required string Name { get; init; }

    /// <summary>The text of the label.</summary>
    public required string Label { get; init; }

    /// <summary>The type of the <c>input</c> element, or <c>textarea</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The maximum number of characters.</summary>
    public required int MaxLength { get; init; }

    /// <summary>True when browsers must not send the form while the field is empty.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The <c>autocomplete</c> value; null for none.</summary>
    public string? Autocomplete { get; init; }

    /// <summary>A sentence below the label; null for none.</summary>
    public string? Hint { get; init; }

    /// <summary>The value that was entered; empty for a new form.</summary>
    public required string Value { get; init; }

    /// <summary>The validation error in one sentence; null when the value is valid or not checked yet.</summary>
    public string? Problem { get; init; }

    /// <summary>
    /// The id of the control. Prefixed, because a heading of the post may have the plain name as its id.
    /// </summary>
    public string Id => $"your-{Name}";

    /// <summary>A remark after the label, such as "(optional)"; null for none.</summary>
    public string? Remark { get; init; }

    /// <summary>
    /// The <c>aria-describedby</c> value: the ids of the hint and the error; null when there is neither.
    /// </summary>
    public string? DescribedBy =>
        (Hint, Problem) switch
        {
            (null, null) => null,
            (_, null) => $"{Id}-hint",
            (null, _) => $"{Id}-problem",
            _ => $"{Id}-hint {Id}-problem",
        };
}
