namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>Text of a field that readers see as a line of its own: a title or a summary.</summary>
internal static partial class DisplayText
{
    /// <summary>
    /// Characters that no font draws although their category is that of letters or symbols: fillers of Hangul, the
    /// blank Braille pattern.
    /// </summary>
    private static readonly int[] Fillers = [0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0];

    /// <summary>
    /// Replaces character references with their characters, once: <c>&amp;quot;</c>, amp, lt, gt, apos, nbsp and
    /// numbers. Other names stay, and numbers of controls, surrogates and line separators.
    /// </summary>
    public static string DecodeReferences(string text) =>
        text.Contains('&', StringComparison.Ordinal) ? Reference().Replace(text, Decode) : text;

    /// <summary>
    /// Removes the controls that change the direction of all that follows them: embeddings, overrides and isolates
    /// (https://www.unicode.org/reports/tr9/#Explicit_Directional_Embeddings). Marks (LRM, RLM, ALM) stay: they have
    /// no effect beyond their place.
    /// </summary>
    public static string RemoveDirectionControls(string text) =>
        text.Any(IsDirectionControl) ? string.Concat(text.Where(character => !IsDirectionControl(character))) : text;

    /// <summary>Whether readers see anything of the text.</summary>
    public static bool IsVisible(string text) => text.EnumerateRunes().Any(IsVisible);

    private static bool IsVisible(Rune rune) =>
        !Fillers.Contains(rune.Value)
        && Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark
            );

    private static bool IsDirectionControl(char character) =>
        character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static string Decode(Match match) =>
        match.Groups["name"].Value switch
        {
            "quot" => "\"",
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "apos" => "'",
            "nbsp" => "\u00A0",
            _ => DecodeNumber(match),
        };

    private static string DecodeNumber(Match match)
    {
        var isNumber = match.Groups["hex"] is { Success: true } hex
            ? int.TryParse(hex.Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            : int.TryParse(match.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        return
            isNumber
            && Rune.IsValid(value)
            && value is not (0x2028 or 0x2029 or 0xFFFE or 0xFFFF)
            && !Rune.IsControl(new Rune(value))
            ? new Rune(value).ToString()
            : match.Value;
    }

    [GeneratedRegex("&(?:(?<name>quot|amp|lt|gt|apos|nbsp)|#(?<number>[0-9]{1,7})|#[xX](?<hex>[0-9a-fA-F]{1,6}));")]
    private static partial Regex Reference();
}
