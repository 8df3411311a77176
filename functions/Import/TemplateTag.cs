namespace ServerlessBlog.Import;

/// <summary>A tag of a template language in a text.</summary>
/// <param name="Start">The position of its first sign.</param>
/// <param name="End">The position after its last sign.</param>
/// <param name="Open">The signs that it begins with.</param>
/// <param name="Content">What stands between its signs, without blanks at both ends.</param>
internal sealed record TemplateTag(int Start, int End, string Open, string Content)
{
    /// <summary>The first word of the content.</summary>
    public string Name { get; } = Content.Split((char[]?)null, 2)[0];

    /// <summary>What follows the first word.</summary>
    public string Arguments => Content[Name.Length..].Trim();

    /// <summary>The maximum number of tags in a text: 5,000.</summary>
    public const int MaxTags = 5_000;

    /// <summary>
    /// Finds the tags, at most one more than <see cref="MaxTags"/>. A sign that is never closed begins none.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="signs">The signs that tags begin and end with.</param>
    public static IReadOnlyList<TemplateTag> Find(string text, IReadOnlyList<(string Open, string Close)> signs)
    {
        var (tags, open) = (new List<TemplateTag>(), signs.ToList());
        for (var at = 0; open.Count > 0 && tags.Count <= MaxTags; )
        {
            var (start, sign) = open.Select(sign => (text.IndexOf(sign.Open, at, StringComparison.Ordinal), sign))
                .Where(found => found.Item1 >= 0)
                .OrderBy(found => found.Item1)
                .FirstOrDefault((-1, default));
            if (start < 0)
            {
                break;
            }

            var end = text.IndexOf(sign.Close, start + sign.Open.Length, StringComparison.Ordinal);
            if (end < 0)
            {
                open.Remove(sign);
                continue;
            }

            var content = text[(start + sign.Open.Length)..end].Trim().Trim('-').Trim();
            at = end + sign.Close.Length;
            tags.Add(new TemplateTag(start, at, sign.Open, content));
        }

        return tags;
    }
}
