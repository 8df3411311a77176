using Markdig.Syntax;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Posts.Markdown;

/// <summary>Hands the blog's own words to what is written of a text: Markdig's writers are told of nothing but the part that they write.</summary>
internal static class MarkdownTexts
{
    /// <summary>Gives them to a part.</summary>
    public static void Set(MarkdownObject part, SiteTexts texts) => part.SetData(typeof(SiteTexts), texts);

    /// <summary>Those that a part was given; else the program's.</summary>
    public static SiteTexts Get(MarkdownObject part) =>
        part.GetData(typeof(SiteTexts)) as SiteTexts ?? SiteTexts.BuiltIn;
}
