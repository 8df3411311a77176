using ServerlessBlog.Settings;

namespace ServerlessBlog.Admin.Rules;

/// <summary>Rules as a moderator typed them.</summary>
public sealed class RulesForm
{
    private readonly Dictionary<EditableRule, string> _texts;

    private RulesForm(Func<EditableRule, string> text) => _texts = EditableRules.All.ToDictionary(rule => rule, text);

    /// <summary>A rule as typed.</summary>
    public string this[EditableRule rule] => _texts[rule];

    /// <summary>The rules of settings, as they are typed.</summary>
    public static RulesForm From(CommentSettings settings) => new(rule => rule.TextIn(settings));

    /// <summary>The rules of a form.</summary>
    /// <param name="field">Gives the text of a field by its name; empty when it was not sent.</param>
    public static RulesForm Read(Func<string, string> field) => new(rule => field(rule.Name));

    /// <summary>Checks every rule.</summary>
    /// <param name="settings">What the settings that are no rules are taken from.</param>
    /// <param name="problems">One sentence for each rule that cannot be used, by the name of its field.</param>
    /// <returns>The settings with these rules; null when one cannot be used.</returns>
    public CommentSettings? Accept(CommentSettings settings, out IReadOnlyDictionary<string, string> problems)
    {
        var found = new Dictionary<string, string>();
        foreach (var rule in EditableRules.All)
        {
            settings = rule.Change(settings, this[rule], out var problem);
            if (problem is not null)
            {
                found[rule.Name] = problem;
            }
        }

        problems = found;
        return found.Count == 0 ? settings : null;
    }
}
