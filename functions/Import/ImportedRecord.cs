namespace ServerlessBlog.Import;

/// <summary>What became of a record: a file or a comment.</summary>
/// <param name="Place">Where it comes from: the name of its file, or its line.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Notes">Why it was left out, or what is not as it was; empty for nothing.</param>
internal sealed record ImportedRecord(string Place, ImportOutcome Outcome, IReadOnlyList<string> Notes)
{
    /// <summary>More sentences, for the report file only: what publishing says of the file.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];
}

/// <summary>The outcome of a record.</summary>
internal enum ImportOutcome
{
    /// <summary>It was added.</summary>
    Imported,

    /// <summary>It was there.</summary>
    Unchanged,

    /// <summary>It was left out.</summary>
    LeftOut,

    /// <summary>Nobody misses it: a template or a setting of the other engine, or a pingback.</summary>
    NotNeeded,
}
