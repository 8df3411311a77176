namespace ServerlessBlog.Letters;

/// <summary>Adds addresses from another list as subscribers to new posts who have confirmed there.</summary>
public sealed class RecipientImport(RecipientTable recipients, TimeProvider clock)
{
    /// <summary>
    /// Adds the addresses of a file. Who is a confirmed recipient already is not changed, and who wants no letters is
    /// not added. Idempotent.
    /// </summary>
    public async Task<ImportResult> ImportAsync(string csv, CancellationToken cancellationToken)
    {
        var list = RecipientCsv.Parse(csv);
        var lookup = await recipients.ReadAddressesAsync(cancellationToken);
        var people = lookup.Distinct(list.People).ToList();
        var (added, known, suppressed) = (new List<Recipient>(), 0, list.Unwanted);
        foreach (var person in people)
        {
            if (lookup.IsSuppressed(person.Mail))
            {
                suppressed++;
            }
            else if (lookup.FindRecipient(person.Mail) is not null)
            {
                known += await ConfirmAsync(person, cancellationToken) ? 0 : 1;
            }
            else
            {
                added.Add(Confirm(Recipient.Create(person.Mail, clock.GetUtcNow()), person));
            }
        }

        foreach (var left in await recipients.AddAllAsync(added, cancellationToken))
        {
            var person = new ImportedAddress(left.Mail, left.Posts!.Tags, left.Posts.IsWeekly);
            known += await ConfirmAsync(person, cancellationToken) ? 0 : 1;
        }

        return new ImportResult(
            people.Count + list.Unwanted - known - suppressed,
            known,
            suppressed,
            list.Invalid,
            list.Problem
        );
    }

    /// <summary>Confirms one that is or was there. Returns false when they had confirmed, or want no letters.</summary>
    private async Task<bool> ConfirmAsync(ImportedAddress person, CancellationToken cancellationToken) =>
        await recipients.GetOrAddAsync(person.Mail, cancellationToken) is { Value: var recipient }
        && await recipients.ChangeAsync(
            recipient.Id,
            read => read.Confirmed is null ? Confirm(read, person) : null,
            cancellationToken
        )
            is not null;

    private Recipient Confirm(Recipient recipient, ImportedAddress person)
    {
        var now = clock.GetUtcNow();
        return recipient with
        {
            Confirmed = now,
            IsImported = true,
            Posts = new PostSubscription(person.Tags, person.IsWeekly, now),
            Wanted = null,
            Refusals = 0,
        };
    }
}

/// <summary>The outcome of an import.</summary>
/// <param name="Imported">The number of addresses that were added.</param>
/// <param name="Known">The number that had confirmed already.</param>
/// <param name="Suppressed">The number that want no letters.</param>
/// <param name="Invalid">The numbers of the lines that have no address.</param>
/// <param name="Problem">Why nothing was read; null when the file is usable.</param>
public sealed record ImportResult(
    int Imported,
    int Known,
    int Suppressed,
    IReadOnlyList<int> Invalid,
    CsvProblem? Problem
);
