using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Posts.Markdown;

/// <summary>The plain text of a post.</summary>
/// <param name="Headings">The headings, one a line.</param>
/// <param name="Text">All text as readers see it, one block a line, headings and code too.</param>
public sealed record PlainPost(string Headings, string Text)
{
    /// <summary>Reads the text from an accepted copy; an unreadable one has no text.</summary>
    public static PlainPost Parse(Post post, byte[] copy)
    {
        if (!PostFile.TryReadBody(copy, out var body))
        {
            return new PlainPost("", "");
        }

        var document = new PostDocument(body, isHtml: PostFileName.IsHtml(post.Source));
        return new PlainPost(
            string.Join('\n', document.Headings.Select(heading => heading.Text)),
            document.ToPlainText()
        );
    }
}
