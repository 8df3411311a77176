namespace ServerlessBlog.Texts;

/// <summary>
/// The plural forms of integers in many languages, by their Unicode names
/// (https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html).
/// </summary>
internal static class PluralRules
{
    /// <summary>All forms that a language may have besides "other".</summary>
    public static IReadOnlyList<string> Forms { get; } = ["zero", "one", "two", "few", "many"];

    /// <summary>
    /// Returns the plural form for an integer from 0. Languages that are not listed have the forms of English.
    /// </summary>
    public static string FormOf(string language, int number)
    {
        var (last, lastTwo) = (number % 10, number % 100);
        return language.Split('-')[0].ToLowerInvariant() switch
        {
            "id" or "ja" or "km" or "ko" or "lo" or "ms" or "my" or "th" or "vi" or "yue" or "zh" => "other",
            "am" or "as" or "bn" or "fa" or "fr" or "gu" or "hi" or "hy" or "kn" or "mg" or "pa" or "si" or "zu" =>
                number < 2 ? "one" : "other",
            "pt" => number == 1 || (number == 0 && !language.Equals("pt-PT", StringComparison.OrdinalIgnoreCase))
                ? "one"
                : "other",
            "is" or "mk" => EndsInOne() ? "one" : "other",
            "be" or "ru" or "uk" => EndsInOne() ? "one"
            : EndsInFew() ? "few"
            : "many",
            "bs" or "hr" or "sh" or "sr" => EndsInOne() ? "one"
            : EndsInFew() ? "few"
            : "other",
            "pl" => number == 1 ? "one"
            : EndsInFew() ? "few"
            : "many",
            "cs" or "sk" => number == 1 ? "one"
            : number is >= 2 and <= 4 ? "few"
            : "other",
            "sl" => lastTwo switch
            {
                1 => "one",
                2 => "two",
                3 or 4 => "few",
                _ => "other",
            },
            "lt" => lastTwo is >= 11 and <= 19 || last == 0 ? "other"
            : last == 1 ? "one"
            : "few",
            "lv" => lastTwo is >= 11 and <= 19 || last == 0 ? "zero"
            : last == 1 ? "one"
            : "other",
            "mo" or "ro" => number == 1 ? "one"
            : number == 0 || lastTwo is >= 1 and <= 19 ? "few"
            : "other",
            "he" or "iw" => number switch
            {
                1 => "one",
                2 => "two",
                _ => "other",
            },
            "ga" => number switch
            {
                1 => "one",
                2 => "two",
                >= 3 and <= 6 => "few",
                >= 7 and <= 10 => "many",
                _ => "other",
            },
            "cy" => number switch
            {
                0 => "zero",
                1 => "one",
                2 => "two",
                3 => "few",
                6 => "many",
                _ => "other",
            },
            "mt" => number switch
            {
                1 => "one",
                2 => "two",
                0 => "few",
                _ => lastTwo switch
                {
                    >= 3 and <= 10 => "few",
                    >= 11 and <= 19 => "many",
                    _ => "other",
                },
            },
            "ar" => number switch
            {
                0 => "zero",
                1 => "one",
                2 => "two",
                _ => lastTwo switch
                {
                    >= 3 and <= 10 => "few",
                    >= 11 => "many",
                    _ => "other",
                },
            },
            _ => number == 1 ? "one" : "other",
        };

        bool EndsInOne() => last == 1 && lastTwo != 11;

        bool EndsInFew() => last is >= 2 and <= 4 && lastTwo is not (>= 12 and <= 14);
    }
}
