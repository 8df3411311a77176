using Markdig.Syntax;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Posts.Markdown;

/// <summary>
/// Attaches the interface texts to Markdig's syntax objects, because its renderers receive nothing but the object to
/// render.
/// </summary>
internal static class MarkdownTexts
{
    /// <summary>Attaches the texts to a syntax object.</summary>
    public static void Set(MarkdownObject syntaxObject, SiteTexts texts) =>
        syntaxObject.SetData(typeof(SiteTexts), texts);

    /// <summary>Returns the attached texts; the built-in English ones when there are none.</summary>
    public static SiteTexts Get(MarkdownObject syntaxObject) =>
        syntaxObject.GetData(typeof(SiteTexts)) as SiteTexts ?? SiteTexts.BuiltIn;
}
