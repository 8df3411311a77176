namespace ServerlessBlog.Media;

/// <summary>Makes parts of addresses from names that people chose: a-z, 0-9 and single inner hyphens.</summary>
public static class PlainName
{
    /// <summary>
    /// Lower-cases ASCII letters, keeps digits, and puts one hyphen in place of any run of other characters:
    /// "Côte d'Azur (2)" becomes "c-te-d-azur-2".
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="maxLength">The maximum length of the result, in characters; a longer one is truncated.</param>
    /// <returns>The name; empty when the text has neither a letter from a to z nor a digit.</returns>
    public static string From(string text, int maxLength)
    {
        var plain = new StringBuilder();
        foreach (var character in text)
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                plain.Append(char.ToLowerInvariant(character));
            }
            else if (plain.Length > 0 && plain[^1] != '-')
            {
                plain.Append('-');
            }
        }

        plain.Length = Math.Min(plain.Length, maxLength);
        return plain.ToString().Trim('-');
    }
}
