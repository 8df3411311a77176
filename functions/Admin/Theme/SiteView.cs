using ServerlessBlog.Posts.Theme;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Theme;

/// <summary>View of the site page.</summary>
/// <param name="Site">Layout data that every page shows.</param>
/// <param name="Form">Texts of the fields, with error messages.</param>
/// <param name="Notes">What in the file has no effect or deserves attention, one sentence each; may be empty.</param>
/// <param name="State">Whether pages show the file.</param>
public sealed record SiteView(SiteLayout Site, SiteForm Form, IReadOnlyList<string> Notes, ThemeFileState State)
{
    /// <summary>Maximum length of a field in the browser; saving has shorter limits with a message.</summary>
    private const int MaxField = 5000;

    private static readonly string[] LongTexts = ["description", "social", "footer"];
    private static readonly string[] Checkboxes = ["logo-alone", "list", "feed"];
    private static readonly string[] PictureFields = ["logo", "icon"];

    private SiteTexts Texts => Site.Texts;

    /// <summary>The fields, in their order.</summary>
    public IReadOnlyList<SiteFieldView> Fields => [.. EditableSite.Names.Select(FieldFor)];

    /// <summary>Error messages, each with a link to its field; without one for the whole form.</summary>
    public IReadOnlyList<LinkView> Problems =>
        [.. Form.Problems.Select(problem => new LinkView(problem.Value, $"#your-{SiteForm.Prefix}{problem.Key}"))];

    private SiteFieldView FieldFor(string name)
    {
        var key = $"site.{name.Replace('_', '-')}";
        var field = new FieldView
        {
            Name = SiteForm.Prefix + name,
            Label = Texts[key],
            Type = LongTexts.Contains(name) ? "textarea" : "text",
            MaxLength = MaxField,
            Autocomplete = "off",
            Hint = Checkboxes.Contains(name) ? null : Texts[$"{key}-hint"],
            Value = Form.Fields[name],
            Problem = Form.Problems.GetValueOrDefault(name),
        };
        return new SiteFieldView(
            field,
            Checkboxes.Contains(name),
            PictureFields.Contains(name) ? Texts[$"{key}-file"] : null
        );
    }
}

/// <summary>A field of the site page.</summary>
/// <param name="Field">The field.</param>
/// <param name="IsCheckbox">Whether it is a checkbox, with the value <see cref="SiteKey.On"/>.</param>
/// <param name="FileLabel">Label of the input for a picture whose address the field gets; null for none.</param>
public sealed record SiteFieldView(FieldView Field, bool IsCheckbox, string? FileLabel);
