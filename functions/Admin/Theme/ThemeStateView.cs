using ServerlessBlog.Texts;

namespace ServerlessBlog.Admin.Theme;

/// <summary>View of whether pages show a theme file, and of the notes on it.</summary>
/// <param name="Texts">Interface texts of the blog.</param>
/// <param name="State">Whether pages show the file.</param>
/// <param name="Notes">What in the file has no effect or deserves attention, one sentence each; may be empty.</param>
/// <param name="Address">Address of the page, to look again.</param>
public sealed record ThemeStateView(SiteTexts Texts, ThemeFileState State, IReadOnlyList<string> Notes, string Address);
