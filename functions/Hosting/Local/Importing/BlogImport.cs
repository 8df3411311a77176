using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Export;
using ServerlessBlog.Import;
using ServerlessBlog.Letters;

namespace ServerlessBlog.Hosting.Local.Importing;

/// <summary>Imports an export of this blog: posts, media, comments, rules of moderation, and recipients.</summary>
internal sealed class BlogImport(ExportedSite site)
{
    /// <summary>Runs the import. Returns the exit code: 1 when a record was left out.</summary>
    public async Task<int> RunAsync(ImportOptions options)
    {
        var exitCode = await new SiteImport(site).RunAsync(options);
        var output = options.CreateOutput(2);
        output.Write(await ImportRulesAsync(options));
        output.Write(await ImportRecipientsAsync(options));
        output.Finish("rules and recipients", options.IsDryRun);
        return output.IsWhole ? exitCode : 1;
    }

    private async Task<ImportedRecord> ImportRulesAsync(ImportOptions options)
    {
        const string Name = BlogExport.RulesFile;
        if (!File.Exists(site.RulesFile))
        {
            return new ImportedRecord(Name, ImportOutcome.NotNeeded, []);
        }

        if (ExportedRules.TryRead(await File.ReadAllTextAsync(site.RulesFile, options.Stop)) is not { } rules)
        {
            return new ImportedRecord(Name, ImportOutcome.LeftOut, ["it is no JSON of rules, as export writes it"]);
        }

        var table = new RuleTable(options.Storage, options.Settings);
        if (await table.FindAsync(options.Stop) is { Value: var saved })
        {
            return ExportedRules.ToText(saved) == ExportedRules.ToText(rules)
                ? new ImportedRecord(Name, ImportOutcome.Unchanged, [])
                : new ImportedRecord(
                    Name,
                    ImportOutcome.LeftOut,
                    ["other rules are saved on the page Rules, and stay"]
                );
        }

        var isSaved = options.IsDryRun || await table.SaveAsync(rules, readVersion: null, options.Stop);
        return isSaved
            ? new ImportedRecord(Name, ImportOutcome.Imported, [])
            : new ImportedRecord(Name, ImportOutcome.LeftOut, ["other rules were saved meanwhile, and stay"]);
    }

    private async Task<ImportedRecord> ImportRecipientsAsync(ImportOptions options)
    {
        const string Name = BlogExport.RecipientsFile;
        var csv = File.Exists(site.RecipientsFile)
            ? await File.ReadAllTextAsync(site.RecipientsFile, options.Stop)
            : RecipientCsv.Heading;
        var list = RecipientCsv.Parse(csv);
        if (list.Problem is not null)
        {
            return new ImportedRecord(
                Name,
                ImportOutcome.LeftOut,
                ["it is no list of recipients, as export writes it"]
            );
        }

        if (list.People.Count == 0 || options.IsDryRun)
        {
            var outcome = list.People.Count == 0 ? ImportOutcome.NotNeeded : ImportOutcome.Imported;
            return new ImportedRecord(Name, outcome, []);
        }

        var import = new RecipientImport(new RecipientTable(options.Storage, TimeProvider.System), TimeProvider.System);
        var result = await import.ImportAsync(csv, options.Stop);
        return new ImportedRecord(Name, result.Imported > 0 ? ImportOutcome.Imported : ImportOutcome.Unchanged, [])
        {
            Details = [$"{result.Imported:N0} added, {result.Known:N0} known, {result.Suppressed:N0} want no letters"],
        };
    }
}
