using Markdig.Syntax;
using ServerlessBlog.Words;

namespace ServerlessBlog.Posts;

/// <summary>Hands the blog's own words to what is written of a text: Markdig's writers are told of nothing but the part that they write.</summary>
internal static class BodyTexts
{
    /// <summary>Gives them to a part.</summary>
    public static void Set(MarkdownObject part, Texts texts) => part.SetData(typeof(Texts), texts);

    /// <summary>Those that a part was given; else the program's.</summary>
    public static Texts Of(MarkdownObject part) => part.GetData(typeof(Texts)) as Texts ?? Texts.BuiltIn;
}
