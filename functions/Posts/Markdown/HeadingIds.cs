namespace ServerlessBlog.Posts.Markdown;

/// <summary>Makes the ids of headings from their words, as GitHub does, for every script.</summary>
internal static class HeadingIds
{
    /// <summary>
    /// Returns the letters, marks, digits, hyphens and underscores of a heading's text in lower case, with hyphens for
    /// blanks. A text without any of them gives an id with a hash, so that other headings do not change it.
    /// </summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "Ids are in lower case.")]
    public static string From(string text)
    {
        var id = new StringBuilder(text.Length);
        foreach (var rune in text.ToLowerInvariant().EnumerateRunes())
        {
            if (rune.Value == ' ')
            {
                id.Append('-');
            }
            else if (IsKept(rune))
            {
                id.Append(rune.ToString());
            }
        }

        return id.ToString().Trim('-') is { Length: > 0 } words
            ? id.ToString()
            : $"section-{ShortHash.Hash(text)[..8]}";
    }

    private static bool IsKept(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || rune.Value is '-' or '_'
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.LetterNumber
                or UnicodeCategory.OtherNumber;
}
