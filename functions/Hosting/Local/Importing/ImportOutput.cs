using ServerlessBlog.Import;

namespace ServerlessBlog.Hosting.Local.Importing;

/// <summary>
/// Prints what became of each record of an import: on the standard output those that something is to be said of, in the
/// report file all; and the sums.
/// </summary>
/// <param name="output">The standard output, or a test's writer.</param>
/// <param name="report">The file for a line a record; null for none.</param>
/// <param name="bar">The progress bar.</param>
internal sealed class ImportOutput(TextWriter output, TextWriter? report, ProgressBar bar)
{
    private readonly Dictionary<ImportOutcome, int> _counts = [];
    private int _changed;

    /// <summary>Whether nothing was left out.</summary>
    public bool IsWhole => CountOf(ImportOutcome.LeftOut) == 0;

    /// <summary>Prints what became of a record.</summary>
    public void Write(ImportedRecord record)
    {
        _counts[record.Outcome] = CountOf(record.Outcome) + 1;
        _changed += record is { Outcome: ImportOutcome.Imported or ImportOutcome.Unchanged, Notes.Count: > 0 } ? 1 : 0;
        report?.WriteLine(Format(record with { Notes = [.. record.Notes, .. record.Details] }));
        bar.Clear();
        if (record.Notes.Count > 0)
        {
            output.WriteLine(Format(record));
        }

        bar.Draw(_counts.Values.Sum());
    }

    /// <summary>Prints the sums of what was written since the sums before.</summary>
    /// <param name="kind">What the records are: posts, files or comments.</param>
    /// <param name="isDryRun">Whether nothing was written to the storage.</param>
    public void Finish(string kind, bool isDryRun)
    {
        var sums =
            $"{(isDryRun ? "Dry run: " : "")}{kind}: {CountOf(ImportOutcome.Imported):N0} imported, "
            + $"{CountOf(ImportOutcome.Unchanged):N0} unchanged, {CountOf(ImportOutcome.LeftOut):N0} left out, "
            + $"{CountOf(ImportOutcome.NotNeeded):N0} not needed; {_changed:N0} with notes.";
        report?.WriteLine(sums);
        bar.Clear();
        output.WriteLine(sums);
    }

    private int CountOf(ImportOutcome outcome) => _counts.GetValueOrDefault(outcome);

    private static string Format(ImportedRecord record)
    {
        var word = record.Outcome switch
        {
            ImportOutcome.Imported => "imported",
            ImportOutcome.Unchanged => "unchanged",
            ImportOutcome.NotNeeded => "not needed",
            _ => "left out",
        };
        return record.Notes switch
        {
            [] => $"{record.Place}: {word}",
            [var note] => $"{record.Place}: {word}: {note}",
            var notes => $"{record.Place}: {word}:\n  {string.Join("\n  ", notes)}",
        };
    }
}
