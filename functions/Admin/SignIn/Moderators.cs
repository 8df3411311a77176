namespace ServerlessBlog.Admin.SignIn;

/// <summary>
/// The moderators: the people of the setting <c>Blog__Authors</c>. Removing a person from it ends their sessions.
/// </summary>
public sealed class Moderators(BlogSettings settings)
{
    /// <summary>Finds an author by e-mail address, case-insensitively. Null when there is none.</summary>
    public Person? FindByEmail(string mail) =>
        settings.Authors.FirstOrDefault(person => string.Equals(person.Mail, mail, StringComparison.OrdinalIgnoreCase));

    /// <summary>Finds an author by the id of <see cref="ComputeId"/>. Null when there is none.</summary>
    public Person? FindById(string id) => settings.Authors.FirstOrDefault(person => ComputeId(person) == id);

    /// <summary>
    /// Id of an author in links, cookies and the PartitionKey: 16 hexadecimal digits, the first 8 bytes of the SHA-256
    /// of the e-mail address in upper case.
    /// </summary>
    public static string ComputeId(Person author) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(author.Mail.ToUpperInvariant())).AsSpan(0, 8));
}
