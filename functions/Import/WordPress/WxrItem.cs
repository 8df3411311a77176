namespace ServerlessBlog.Import.WordPress;

/// <summary>An item of a WordPress export: a post, page, attachment, or something else.</summary>
/// <param name="Fields">The texts by the local names of their elements; excerpts as "excerpt".</param>
internal sealed record WxrItem(IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>The categories.</summary>
    public List<string> Categories { get; init; } = [];

    /// <summary>The tags.</summary>
    public List<string> Tags { get; init; } = [];

    /// <summary>The comments, each by the local names of its elements.</summary>
    public List<IReadOnlyDictionary<string, string>> Comments { get; init; } = [];

    /// <summary>The post's own data (wp:postmeta) by their keys.</summary>
    public Dictionary<string, string> Meta { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The number of the post; unique in the blog.</summary>
    public string Id => Of("post_id");

    /// <summary>post, page, attachment, or another type.</summary>
    public string Type => Of("post_type");

    /// <summary>publish, future, draft, pending, private, inherit, trash or auto-draft.</summary>
    public string Status => Of("status");

    /// <summary>The title; may be empty.</summary>
    public string Title => Of("title");

    /// <summary>The text of an element; empty when it is missing.</summary>
    public string Of(string name) => Fields.GetValueOrDefault(name, "");

    /// <summary>The time of the post in UTC; null for a draft that has none.</summary>
    public DateTimeOffset? Date => TimeOf("post_date_gmt") ?? TimeOf("post_date");

    private DateTimeOffset? TimeOf(string name) => ParseTime(Of(name));

    /// <summary>Parses a time as WordPress writes it; null for none, which is all zeros.</summary>
    public static DateTimeOffset? ParseTime(string text) =>
        DateTimeOffset.TryParseExact(
            text,
            "yyyy-MM-dd HH:mm:ss",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? time
            : null;
}
