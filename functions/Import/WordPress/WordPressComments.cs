using ServerlessBlog.Comments;
using ServerlessBlog.Export;

namespace ServerlessBlog.Import.WordPress;

/// <summary>Converts the comments of an export of WordPress, which are HTML with line ends that count.</summary>
internal static class WordPressComments
{
    private const string Anonymous = "Anonymous";

    /// <summary>Converts a comment.</summary>
    /// <param name="fields">Its elements.</param>
    /// <param name="item">The item that it belongs to, for the report.</param>
    /// <param name="file">The file of its post; null when there is none.</param>
    /// <param name="authors">The mail addresses of the blog's authors.</param>
    public static ConvertedComment Convert(
        IReadOnlyDictionary<string, string> fields,
        string item,
        string? file,
        IReadOnlySet<string> authors
    )
    {
        var place = $"{item}, comment {Of("comment_id")}";
        if (Of("comment_type") is "pingback" or "trackback")
        {
            return new ConvertedComment(place, file, null)
            {
                Problem = $"it is a {Of("comment_type")} of {Of("comment_author_url")}, which this blog does not show",
                IsNotNeeded = true,
            };
        }

        List<string> notes = [];
        var author = System.Net.WebUtility.HtmlDecode(Of("comment_author")).Trim();
        if (author.Length == 0)
        {
            author = Anonymous;
            notes.Add($"it has no name: shown as {Anonymous}");
        }

        var (mail, website) = (Of("comment_author_email"), Of("comment_author_url"));
        if (
            website.Length > 0
            && new CommentForm("x", "x@example.com", website, "x").TryValidateWriter(out _) is not null
        )
        {
            website = "";
            notes.Add("its website is no address, and is left out");
        }

        return new ConvertedComment(
            place,
            file,
            new ExportedComment
            {
                Id = "wordpress:" + Of("comment_id"),
                Parent = Of("comment_parent") is "" or "0" ? null : "wordpress:" + Of("comment_parent"),
                Author = author.Length <= CommentForm.MaxName ? author : author[..(CommentForm.MaxName - 1)] + "…",
                Email = CommentForm.IsAddress(mail) ? mail : null,
                Website = website.Length > 0 ? website : null,
                Text = WordPressHtml.ToParagraphs(Of("comment_content").ReplaceLineEndings("\n")),
                Format = "html",
                Created = WxrItem.ParseTime(Of("comment_date_gmt")) ?? WxrItem.ParseTime(Of("comment_date")) ?? default,
                State = Of("comment_approved") switch
                {
                    "1" => "approved",
                    "spam" => "spam",
                    "trash" or "post-trashed" => "trash",
                    _ => "held",
                },
                ByAuthor = authors.Contains(mail) && mail.Length > 0 ? true : null,
            }
        )
        {
            Notes = notes,
        };

        string Of(string name) => fields.GetValueOrDefault(name, "");
    }
}
