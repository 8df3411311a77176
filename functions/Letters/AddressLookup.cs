namespace ServerlessBlog.Letters;

/// <summary>The keys of all addresses at one moment, to look up many without a storage call for each.</summary>
public sealed class AddressLookup(
    Func<string, string> keyOf,
    IReadOnlyDictionary<string, string> recipients,
    IReadOnlySet<string> suppressed
)
{
    /// <summary>The id of the recipient with this address; null for none.</summary>
    public string? FindRecipient(string mail) => recipients.GetValueOrDefault(keyOf(mail));

    /// <summary>Whether the address wants no letters.</summary>
    public bool IsSuppressed(string mail) => suppressed.Contains(keyOf(mail));

    /// <summary>Removes addresses that differ in nothing that <see cref="AddressKey"/> tells apart.</summary>
    public IEnumerable<ImportedAddress> Distinct(IEnumerable<ImportedAddress> people) =>
        people.DistinctBy(person => keyOf(person.Mail));
}
