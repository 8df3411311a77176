using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Export;

/// <summary>
/// Adds to the front matter of a post's file what only the blog knows: the date that it got when it was uploaded, an
/// address that is not the usual one, and the addresses that it had before.
/// </summary>
internal static class AddedFields
{
    private const string Toml = "+++";

    /// <summary>
    /// Returns the file with the fields, or unchanged when it needs none, or when they cannot be added: its first line
    /// is no mark of front matter, or the fields are there with another meaning.
    /// </summary>
    /// <param name="file">The file as it was uploaded.</param>
    /// <param name="post">The post that it is.</param>
    public static BinaryData AddTo(BinaryData file, Post post)
    {
        var fields = FieldsOf(post);
        var lines = fields.Count == 0 ? [] : file.ToString().Split('\n').ToList();
        var start = lines.FindIndex(line => line.TrimEnd() is Toml or "---");
        if (start < 0 || lines.Take(start).Any(line => line.Trim('\uFEFF', ' ', '\r').Length > 0))
        {
            return file;
        }

        var sign = lines[start].TrimEnd() == Toml ? " =" : ":";
        lines.InsertRange(start + 1, fields.Select(field => $"{field.Name}{sign} {field.Value}"));
        var changed = BinaryData.FromString(string.Join('\n', lines));
        return IsReadable(changed, post) ? changed : file;
    }

    private static List<(string Name, string Value)> FieldsOf(Post post)
    {
        var (fields, head) = (new List<(string Name, string Value)>(), post.Metadata);
        if (head.Date is null && (post.WasPublic || post.IsWaiting))
        {
            fields.Add(("date", Format(post.Date)));
        }

        if (head.Url is null && post.Path.Text != (head.IsPage ? $"/{head.Slug}" : $"/posts/{head.Slug}"))
        {
            fields.Add(("url", Quote(post.Path.Text)));
        }

        if (post.FormerPaths.Count > 0)
        {
            // The one name of the field that the file may not have: Hugo's, or Jekyll's.
            var name = head.Aliases.Count == 0 ? "aliases" : "redirect_from";
            fields.Add((name, $"[{string.Join(", ", post.FormerPaths.Select(path => Quote(path.Text)))}]"));
        }

        return fields;
    }

    private static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

    private static bool IsReadable(BinaryData file, Post post) =>
        PostFile.TryRead(post.Source, file.ToArray(), TimeZoneInfo.Utc, out var read, out _)
        && read.Metadata.Title == post.Metadata.Title;

    private static string Quote(string text) => FieldLines.QuoteAny(text);
}
