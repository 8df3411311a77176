using System.Globalization;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Admin.Rules;

/// <summary>A rule that moderators may change: its words in the form, its bounds, and the setting it stands for.</summary>
/// <param name="Name">The name of its field in the form.</param>
/// <param name="Label">What the form says before the field.</param>
/// <param name="Hint">What the form explains about it; null for nothing.</param>
public abstract record EditableRule(string Name, string Label, string? Hint)
{
    /// <summary>The most characters that its field takes.</summary>
    public abstract int MaxLength { get; }

    /// <summary>The rule of these settings, as it is typed.</summary>
    public abstract string TextIn(CommentSettings settings);

    /// <summary>The settings with the rule as it was typed.</summary>
    /// <param name="settings">The settings before.</param>
    /// <param name="text">As typed.</param>
    /// <param name="problem">What is wrong with it, in one sentence; null when it can be used.</param>
    public abstract CommentSettings Change(CommentSettings settings, string text, out string? problem);

    /// <summary>A number as all rules write it.</summary>
    protected static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A rule that is on or off.</summary>
public sealed record SwitchRule(string Name, string Label) : EditableRule(Name, Label, Hint: null)
{
    /// <summary>What the field holds when the rule is on.</summary>
    public const string On = "yes";

    /// <summary>Reads it from settings.</summary>
    public required Func<CommentSettings, bool> Get { get; init; }

    /// <summary>Puts it into settings.</summary>
    public required Func<CommentSettings, bool, CommentSettings> Set { get; init; }

    /// <inheritdoc/>
    public override int MaxLength => On.Length;

    /// <inheritdoc/>
    public override string TextIn(CommentSettings settings) => Get(settings) ? On : "";

    /// <inheritdoc/>
    public override CommentSettings Change(CommentSettings settings, string text, out string? problem)
    {
        problem = null;
        return Set(settings, text == On);
    }
}

/// <summary>A rule with a number, from 0 to its highest.</summary>
public sealed record NumberRule(string Name, string Label, string Hint, int Max) : EditableRule(Name, Label, Hint)
{
    /// <summary>Reads it from settings.</summary>
    public required Func<CommentSettings, int> Get { get; init; }

    /// <summary>Puts it into settings.</summary>
    public required Func<CommentSettings, int, CommentSettings> Set { get; init; }

    /// <inheritdoc/>
    public override int MaxLength => Number(Max).Length;

    /// <inheritdoc/>
    public override string TextIn(CommentSettings settings) => Number(Get(settings));

    /// <inheritdoc/>
    public override CommentSettings Change(CommentSettings settings, string text, out string? problem)
    {
        var isRead =
            int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= Max;
        problem = isRead ? null : $"Write a number from 0 to {Number(Max)}.";
        return isRead ? Set(settings, number) : settings;
    }
}

/// <summary>A rule with words, one a line.</summary>
public sealed record WordsRule(string Name, string Label, string Hint) : EditableRule(Name, Label, Hint)
{
    /// <summary>The most characters of all its words.</summary>
    public const int MaxWords = 20_000;

    /// <summary>The most characters of a word.</summary>
    public const int MaxWord = 100;

    /// <summary>The most characters of a word that is too long which are quoted.</summary>
    private const int MaxQuoted = 20;

    /// <summary>Reads it from settings.</summary>
    public required Func<CommentSettings, IReadOnlyList<string>> Get { get; init; }

    /// <summary>Puts it into settings.</summary>
    public required Func<CommentSettings, IReadOnlyList<string>, CommentSettings> Set { get; init; }

    /// <inheritdoc/>
    public override int MaxLength => MaxWords;

    /// <inheritdoc/>
    public override string TextIn(CommentSettings settings) => string.Join('\n', Get(settings));

    /// <inheritdoc/>
    public override CommentSettings Change(CommentSettings settings, string text, out string? problem)
    {
        var words = text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        problem =
            text.Length > MaxWords ? $"These have {Number(text.Length)} characters: keep at most {Number(MaxWords)}."
            : words.Find(word => word.Length > MaxWord) is { } tooLong ? TooLong(tooLong)
            : null;
        return Set(settings, words);
    }

    private static string TooLong(string word) =>
        $"\"{word[..MaxQuoted]}...\" has {Number(word.Length)} characters: a line is a word or a few, at most {Number(MaxWord)}.";
}
