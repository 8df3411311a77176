namespace ServerlessBlog.Web.Layout;

/// <summary>One field of a form, with its label, hint and problem.</summary>
public sealed record FieldView
{
    /// <summary>The name it is sent under.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public required string Label { get; init; }

    /// <summary>The type of its input, or <c>textarea</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The most characters it takes.</summary>
    public required int MaxLength { get; init; }

    /// <summary>Whether a browser refuses to send the form while it is empty.</summary>
    public bool IsRequired { get; init; }

    /// <summary>What a browser may fill in; null for nothing.</summary>
    public string? Autocomplete { get; init; }

    /// <summary>A sentence below the label; null for none.</summary>
    public string? Hint { get; init; }

    /// <summary>What was typed.</summary>
    public required string Value { get; init; }

    /// <summary>What is wrong with it, in one sentence; null for nothing.</summary>
    public string? Problem { get; init; }

    /// <summary>The id of the control itself. Prefixed, because a heading of the post may own the plain word.</summary>
    public string Id => $"your-{Name}";

    /// <summary>What stands after the label, such as "(optional)"; null for nothing.</summary>
    public string? Remark { get; init; }

    /// <summary>The ids of the hint and the problem, as many as there are; null when there is neither.</summary>
    public string? DescribedBy =>
        (Hint, Problem) switch
        {
            (null, null) => null,
            (_, null) => $"{Id}-hint",
            (null, _) => $"{Id}-problem",
            _ => $"{Id}-hint {Id}-problem",
        };
}
