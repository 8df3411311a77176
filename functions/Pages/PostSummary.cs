namespace ServerlessBlog.Pages;

/// <summary>A post as it stands in a list.</summary>
/// <param name="Path">The post's address within the blog.</param>
/// <param name="Title">The post's title, as text.</param>
/// <param name="Date">When it was published, in the blog's time zone.</param>
/// <param name="AuthorName">Who wrote it.</param>
/// <param name="Minutes">How long it takes to read.</param>
/// <param name="Summary">One or two sentences; null when there is none.</param>
/// <param name="Tags">In the order to show; may be empty.</param>
/// <param name="Image">Its picture, where it stands out; null for none.</param>
/// <param name="Language">A BCP 47 tag; null: the blog's.</param>
/// <param name="Direction">As in <see cref="PostView"/>.</param>
/// <param name="Label">A word such as "Pinned"; null for none.</param>
public sealed record PostSummary(
    string Path,
    string Title,
    DateTimeOffset Date,
    string AuthorName,
    int Minutes,
    string? Summary,
    IReadOnlyList<LinkView> Tags,
    PostImage? Image,
    string? Language,
    string? Direction,
    string? Label);
