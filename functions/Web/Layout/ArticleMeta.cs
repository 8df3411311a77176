namespace ServerlessBlog.Web.Layout;

/// <summary>What previews say of a post (https://ogp.me/).</summary>
/// <param name="Published">When it was published.</param>
/// <param name="Modified">When it last changed.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Image">The absolute address of its picture; null for none.</param>
/// <param name="ImageAlt">What the picture shows; null for nothing to say.</param>
public sealed record ArticleMeta(
    DateTimeOffset Published,
    DateTimeOffset Modified,
    IReadOnlyList<string> Tags,
    string? Image,
    string? ImageAlt
);
