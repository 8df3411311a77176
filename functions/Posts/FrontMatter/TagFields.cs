using ServerlessBlog.Texts;

namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>Reads the tags and categories of a post.</summary>
internal static class TagFields
{
    private const int MaxTags = 20;

    /// <summary>
    /// Fields that hold several tags. The words of a text without commas are a tag each, as in Jekyll.
    /// </summary>
    private static readonly string[] Several = ["tags", "keywords", "categories"];

    private static readonly string[] TagNames = ["tags", "tag", "keywords"];
    private static readonly string[] CategoryNames = ["categories", "category"];

    private static readonly char[] Commas = [',', '，', '、', '،'];

    /// <summary>Reads the tags, at most 20.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="withCategories">Whether the categories count as tags.</param>
    public static IReadOnlyList<string> ReadTags(FieldReader fields, bool withCategories) =>
        Read(fields, withCategories ? [.. TagNames, .. CategoryNames] : TagNames);

    /// <summary>Reads the categories, at most 20.</summary>
    public static IReadOnlyList<string> ReadCategories(FieldReader fields) => Read(fields, CategoryNames);

    private static List<string> Read(FieldReader fields, string[] names)
    {
        var tags = names
            .SelectMany(name => Split(fields, name).Select(text => Check(fields, name, Nfc.Normalize(text))))
            .DistinctBy(text => Tag.Parse(text).Key)
            .ToList();
        return tags.Count <= MaxTags
            ? tags
            : throw fields.Refuse(
                names.First(name => fields.Texts(name).Count > 0),
                $"there are {tags.Count} tags: keep at most {MaxTags}."
            );
    }

    private static IEnumerable<string> Split(FieldReader fields, string name)
    {
        var texts = fields.Texts(name);
        if (fields.Value(name)?.Text is not { } text)
        {
            return texts.SelectMany(item => SplitAt(item, [',']));
        }

        var hasComma = text.AsSpan().ContainsAny(Commas);
        var parts =
            hasComma ? SplitAt(text, Commas)
            : Several.Contains(name) ? SplitAt(text, null)
            : SplitAt(text, []);
        if (parts.Length > 1)
        {
            fields.Note(
                name,
                $"'{name}' is one text, and is read as {parts.Length} tags: {string.Join(" | ", parts)}"
                    + (hasComma ? "" : " (put commas between tags of several words)")
            );
        }

        return parts;
    }

    /// <summary>
    /// Splits at these characters; at white space when they are null, and not at all when there are none.
    /// </summary>
    private static string[] SplitAt(string text, char[]? separators)
    {
        const StringSplitOptions Options = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        return separators is { Length: 0 }
            ? text.Length > 0
                ? [text]
                : []
            : text.Split(separators, Options);
    }

    private static string Check(FieldReader fields, string name, string tag)
    {
        // A browser resolves "." and ".." in a path as dot segments (RFC 3986, section 5.2.4).
        if (Tag.Parse(tag).Key is "." or "..")
        {
            throw fields.Refuse(name, $"the tag '{tag}' cannot stand in an address: write a word.");
        }

        return tag.Length <= Tag.MaxLength
            ? tag
            : throw fields.Refuse(
                name,
                $"the tag '{FieldReader.Shorten(tag)}' has {tag.Length} characters: keep at most {Tag.MaxLength}."
            );
    }
}
