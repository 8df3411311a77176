using ServerlessBlog.Texts;

namespace ServerlessBlog.Admin.Rules;

/// <summary>Texts of the rules form, one per editable rule.</summary>
public sealed class RulesForm
{
    private readonly Dictionary<EditableRule, string> _texts;

    private RulesForm(Func<EditableRule, string> text) => _texts = EditableRules.All.ToDictionary(rule => rule, text);

    /// <summary>Text of a rule's field.</summary>
    public string this[EditableRule rule] => _texts[rule];

    /// <summary>Formats the rules of these settings.</summary>
    public static RulesForm From(CommentSettings settings) => new(rule => rule.Format(settings));

    /// <summary>Reads the fields of a form.</summary>
    /// <param name="field">Returns the text of a field by its name; empty when it was not sent.</param>
    public static RulesForm Read(Func<string, string> field) => new(rule => field(rule.Name));

    /// <summary>Parses every rule.</summary>
    /// <param name="settings">Settings to start from; those that are no rules stay.</param>
    /// <param name="problems">Error messages by field name; empty for none.</param>
    /// <returns>The settings with these rules; null when a rule is invalid.</returns>
    public CommentSettings? ApplyTo(CommentSettings settings, out IReadOnlyDictionary<string, TextReference> problems)
    {
        var found = new Dictionary<string, TextReference>();
        foreach (var rule in EditableRules.All)
        {
            settings = rule.Apply(settings, this[rule], out var problem);
            if (problem is not null)
            {
                found[rule.Name] = problem;
            }
        }

        problems = found;
        return found.Count == 0 ? settings : null;
    }
}
