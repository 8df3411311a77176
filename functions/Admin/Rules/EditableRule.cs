using ServerlessBlog.Texts;

namespace ServerlessBlog.Admin.Rules;

/// <summary>A rule that moderators may edit: its field in the form, its limits, and its setting.</summary>
/// <param name="Name">Name of the form field.</param>
public abstract record EditableRule(string Name)
{
    /// <summary>Key of the text of the field's label.</summary>
    public string Label => $"rules.{Name}";

    /// <summary>Key of the text of the explanation below the label; null for none.</summary>
    public virtual string? Hint => $"rules.{Name}-hint";

    /// <summary>Maximum length of the field, in characters.</summary>
    public abstract int MaxLength { get; }

    /// <summary>Formats the rule's value in these settings as the text of the field.</summary>
    public abstract string Format(CommentSettings settings);

    /// <summary>Parses the text of the field.</summary>
    /// <param name="settings">The settings before.</param>
    /// <param name="text">The text as sent.</param>
    /// <param name="problem">Error message; null when the text is valid.</param>
    /// <returns>The settings with the new value of the rule. Not to be used when there is a problem.</returns>
    public abstract CommentSettings Apply(CommentSettings settings, string text, out TextReference? problem);

    /// <summary>Formats a number with the invariant culture.</summary>
    protected static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A rule that is on or off: a checkbox.</summary>
public sealed record SwitchRule(string Name) : EditableRule(Name)
{
    /// <inheritdoc/>
    public override string? Hint => null;

    /// <summary>Value of the checkbox when the rule is on; empty when it is off.</summary>
    public const string On = "yes";

    /// <summary>Reads the value from the settings.</summary>
    public required Func<CommentSettings, bool> Get { get; init; }

    /// <summary>Returns the settings with another value.</summary>
    public required Func<CommentSettings, bool, CommentSettings> Set { get; init; }

    /// <inheritdoc/>
    public override int MaxLength => On.Length;

    /// <inheritdoc/>
    public override string Format(CommentSettings settings) => Get(settings) ? On : "";

    /// <inheritdoc/>
    public override CommentSettings Apply(CommentSettings settings, string text, out TextReference? problem)
    {
        problem = null;
        return Set(settings, text == On);
    }
}

/// <summary>A rule with a number from 0 to <paramref name="Max"/>.</summary>
public sealed record NumberRule(string Name, int Max) : EditableRule(Name)
{
    /// <summary>Reads the value from the settings.</summary>
    public required Func<CommentSettings, int> Get { get; init; }

    /// <summary>Returns the settings with another value.</summary>
    public required Func<CommentSettings, int, CommentSettings> Set { get; init; }

    /// <inheritdoc/>
    public override int MaxLength => Number(Max).Length;

    /// <inheritdoc/>
    public override string Format(CommentSettings settings) => Number(Get(settings));

    /// <inheritdoc/>
    public override CommentSettings Apply(CommentSettings settings, string text, out TextReference? problem)
    {
        var isValid =
            int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= Max;
        problem = isValid ? null : new TextReference("rules.number", ("most", Number(Max)));
        return isValid ? Set(settings, number) : settings;
    }
}

/// <summary>A rule with a list of words or phrases, one per line, without duplicates (case-insensitive).</summary>
public sealed record WordsRule(string Name) : EditableRule(Name)
{
    /// <summary>Maximum length of the whole list, in characters.</summary>
    public const int MaxWords = 20_000;

    /// <summary>Maximum length of a line, in characters.</summary>
    public const int MaxWord = 100;

    /// <summary>Number of characters of a line over the limit that the error message quotes.</summary>
    private const int MaxQuoted = 20;

    /// <summary>Reads the value from the settings.</summary>
    public required Func<CommentSettings, IReadOnlyList<string>> Get { get; init; }

    /// <summary>Returns the settings with another value.</summary>
    public required Func<CommentSettings, IReadOnlyList<string>, CommentSettings> Set { get; init; }

    /// <inheritdoc/>
    public override int MaxLength => MaxWords;

    /// <inheritdoc/>
    public override string Format(CommentSettings settings) => string.Join('\n', Get(settings));

    /// <inheritdoc/>
    public override CommentSettings Apply(CommentSettings settings, string text, out TextReference? problem)
    {
        var words = text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        problem =
            text.Length > MaxWords
                ? new TextReference("rules.long", ("count", Number(text.Length)), ("most", Number(MaxWords)))
            : words.Find(word => word.Length > MaxWord) is { } tooLong ? TooLong(tooLong)
            : null;
        return Set(settings, words);
    }

    private static TextReference TooLong(string word) =>
        new("rules.long-word", ("word", word[..MaxQuoted]), ("count", Number(word.Length)), ("most", Number(MaxWord)));
}
