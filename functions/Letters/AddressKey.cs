namespace ServerlessBlog.Letters;

/// <summary>
/// The key under which a mail address is looked up: an HMAC, so that the key of a row that outlives the address does
/// not tell it.
/// </summary>
internal static class AddressKey
{
    /// <summary>
    /// Creates the key of an address, 32 hexadecimal digits. White space around it and case make no difference: mail
    /// servers that tell apart the cases of a name are allowed (RFC 5321, 2.4) but not in use.
    /// </summary>
    /// <param name="secret">The secret of all keys, see <see cref="RecipientTable"/>.</param>
    /// <param name="mail">The mail address.</param>
    public static string Create(byte[] secret, string mail) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(Normalize(mail))).AsSpan(0, 16));

    [SuppressMessage("Globalization", "CA1308", Justification = "Addresses are written in lower case.")]
    private static string Normalize(string mail) => mail.Trim().ToLowerInvariant();
}
