namespace ServerlessBlog.Admin.SignIn;

/// <summary>
/// The moderators: the people of the setting <c>Blog__Authors</c>. Removing a person from it ends their sessions.
/// </summary>
public sealed class Moderators(BlogSettings settings)
{
    /// <summary>Finds an author by e-mail address, case-insensitively. Null when there is none.</summary>
    public Person? FindByEmail(string mail) =>
        settings.Authors.FirstOrDefault(person => string.Equals(person.Mail, mail, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Finds an author by the key of <see cref="KeyOf"/>, in constant time for every key. Null when there is none.
    /// </summary>
    public Person? FindByKey(string key) =>
        settings.Authors.FirstOrDefault(person => AreEqual(KeyOf(person.Mail), key));

    /// <summary>
    /// The key under which an address waits in a queue, which does not tell it: an HMAC of 32 hexadecimal digits. Case
    /// makes no difference.
    /// </summary>
    public string KeyOf(string mail) =>
        Convert.ToHexStringLower(
            HMACSHA256
                .HashData(settings.Secret.Span, Encoding.UTF8.GetBytes($"sign-in-address.{mail.ToUpperInvariant()}"))
                .AsSpan(0, 16)
        );

    private static bool AreEqual(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    /// <summary>Finds an author by the id of <see cref="ComputeId"/>. Null when there is none.</summary>
    public Person? FindById(string id) => settings.Authors.FirstOrDefault(person => ComputeId(person) == id);

    /// <summary>
    /// Id of an author in links, cookies and the PartitionKey: 16 hexadecimal digits, the first 8 bytes of the SHA-256
    /// of the e-mail address in upper case.
    /// </summary>
    public static string ComputeId(Person author) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(author.Mail.ToUpperInvariant())).AsSpan(0, 8));
}
