using ServerlessBlog.Media;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Theme;

/// <summary>View of the page of a theme file.</summary>
/// <param name="Site">Layout data that every page shows.</param>
/// <param name="Text">The text of the file.</param>
/// <param name="Messages">Messages beside the form.</param>
/// <param name="State">Whether pages show the file.</param>
/// <param name="Previews">Whole HTML documents of the preview; may be empty.</param>
public sealed record ThemeView(
    SiteLayout Site,
    ThemeText Text,
    ThemeMessages Messages,
    ThemeFileState State,
    IReadOnlyList<string> Previews
)
{
    /// <summary>Links to the pages of all theme files, with the current one.</summary>
    public IReadOnlyList<(LinkView Link, bool IsCurrent)> Files =>
        [
            .. ThemeFiles.Names.Select(name =>
                (new LinkView(ThemeFiles.Folder + name, AdminPaths.ThemeFile(name)), name == Text.File)
            ),
        ];

    /// <summary>Whether the text has a preview.</summary>
    public bool HasPreview => Text.File == ThemeFiles.StyleFile;

    /// <summary>The field of the text.</summary>
    public FieldView Field =>
        new()
        {
            Name = "text",
            Label = ThemeFiles.Folder + Text.File,
            Type = "textarea",
            MaxLength = 4 * ThemeFiles.MaxBytesOf(Text.File),
            Hint = Site.Texts[$"theme.{Text.File}-hint"],
            Value = Text.Text,
            Problem = Messages.Problem,
        };
}
