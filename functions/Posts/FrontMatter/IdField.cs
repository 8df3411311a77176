namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>Adds the field <c>id</c> to a file, so that the post keeps its id under another name.</summary>
public static class IdField
{
    private const string Toml = "+++";

    /// <summary>
    /// Returns the file with the field, or unchanged when it has the id already. Null when the field cannot be added:
    /// the front matter cannot be read, or has an <c>id</c> with another meaning.
    /// </summary>
    /// <param name="bytes">The file.</param>
    /// <param name="name">The name that the file is to have.</param>
    /// <param name="post">The post whose id it is to have.</param>
    public static byte[]? AddTo(byte[] bytes, string name, Post post)
    {
        if (HasId(bytes, name, post))
        {
            return bytes;
        }

        if (PostFile.TryDecode(bytes) is not { } text)
        {
            return null;
        }

        var lines = text.Split('\n').ToList();
        var start = lines.FindIndex(line => line.TrimEnd().Length > 0);
        if (start < 0)
        {
            return null;
        }

        lines.Insert(start + 1, FieldFor(post.Metadata.IdFile ?? post.Source, lines[start].TrimEnd() == Toml));
        var changed = Encoding.UTF8.GetBytes(string.Join('\n', lines));
        return HasId(changed, name, post) ? changed : null;
    }

    private static bool HasId(byte[] bytes, string name, Post post) =>
        PostFile.TryReadIdFile(name, bytes, out var idFile) && PostId.FromBlobName(idFile ?? name) == post.Id;

    private static string FieldFor(string file, bool isToml)
    {
        var quoted = FieldLines.QuoteAny(file);
        return isToml ? $"id = {quoted}" : $"id: {quoted}";
    }
}
