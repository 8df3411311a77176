using System.Globalization;
using ServerlessBlog.Comments;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Desk;

/// <summary>Rules as a moderator typed them.</summary>
/// <param name="Moderation">Whether to hold every comment.</param>
/// <param name="PreviouslyApproved">Whether to hold the first comment of a writer.</param>
/// <param name="MaxLinks">A number, 0 to 100.</param>
/// <param name="FormSeconds">A number, 0 to 3,600.</param>
/// <param name="ModerationKeys">Words, a line each.</param>
/// <param name="DisallowedKeys">Words, a line each.</param>
public sealed record RuleOffer(bool Moderation, bool PreviouslyApproved, string MaxLinks, string FormSeconds, string ModerationKeys, string DisallowedKeys)
{
    /// <summary>The most characters of all the words of a rule.</summary>
    public const int MaxWords = 20_000;

    /// <summary>The most characters of a word.</summary>
    public const int MaxWord = 100;

    /// <summary>The rules of settings, as they are typed.</summary>
    public static RuleOffer Of(CommentSettings rules) => new(
        rules.Moderation, rules.PreviouslyApproved, Number(rules.MaxLinks), Number(rules.FormSeconds), string.Join('\n', rules.ModerationKeys), string.Join('\n', rules.DisallowedKeys));

    /// <summary>Checks every field. Null with one sentence for each wrong one, by its name: links, seconds, held, spam.</summary>
    public SavedRules? Accept(string by, DateTimeOffset now, out IReadOnlyDictionary<string, string> problems)
    {
        var found = new Dictionary<string, string>();
        var rules = new SavedRules(
            Moderation,
            PreviouslyApproved,
            ReadNumber("links", MaxLinks, CommentSettings.MostLinks),
            ReadNumber("seconds", FormSeconds, CommentSettings.MostFormSeconds),
            ReadWords("held", ModerationKeys),
            ReadWords("spam", DisallowedKeys),
            by,
            now);
        problems = found;
        return found.Count == 0 ? rules : null;

        int ReadNumber(string field, string text, int most)
        {
            if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most)
            {
                return number;
            }

            found[field] = $"Write a number from 0 to {Number(most)}.";
            return 0;
        }

        IReadOnlyList<string> ReadWords(string field, string text)
        {
            var words = text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            if (text.Length > MaxWords)
            {
                found[field] = $"These have {Number(text.Length)} characters: keep at most {Number(MaxWords)}.";
            }
            else if (words.FirstOrDefault(word => word.Length > MaxWord) is { } tooLong)
            {
                found[field] = $"\"{tooLong[..20]}...\" has {Number(tooLong.Length)} characters: a line is a word or a few, at most {Number(MaxWord)}.";
            }

            return words;
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
