using System.Security.Cryptography;
using System.Text;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>Who moderates: the people of <c>Blog__Authors</c>. Whoever is taken out of it is signed out with that.</summary>
public sealed class Moderators(BlogSettings settings)
{
    /// <summary>The author with this address, in upper or lower case. Null for anybody else.</summary>
    public Person? WithMail(string mail) =>
        settings.Authors.FirstOrDefault(person => string.Equals(person.Mail, mail, StringComparison.OrdinalIgnoreCase));

    /// <summary>The author of this <see cref="IdOf"/>. Null when there is none, or none any more.</summary>
    public Person? WithId(string id) => settings.Authors.FirstOrDefault(person => IdOf(person) == id);

    /// <summary>What links and cookies know an author by: 16 hexadecimal digits, made of the address.</summary>
    public static string IdOf(Person author) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(author.Mail.ToUpperInvariant())).AsSpan(0, 8));
}
