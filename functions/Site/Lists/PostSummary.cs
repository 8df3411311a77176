using ServerlessBlog.Site.Posts;
using ServerlessBlog.Web.Content;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Lists;

/// <summary>A post as it stands in a list.</summary>
public sealed record PostSummary
{
    /// <summary>The post's address within the blog.</summary>
    public required string Path { get; init; }

    /// <summary>The post's title, as text.</summary>
    public required string Title { get; init; }

    /// <summary>When it was published, in the blog's time zone.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Who wrote it.</summary>
    public required string AuthorName { get; init; }

    /// <summary>How long it takes to read.</summary>
    public required int Minutes { get; init; }

    /// <summary>One or two sentences; null when there is none.</summary>
    public required string? Summary { get; init; }

    /// <summary>In the order to show; may be empty.</summary>
    public required IReadOnlyList<LinkView> Tags { get; init; }

    /// <summary>Its picture, where it stands out; null for none.</summary>
    public required PostImage? Image { get; init; }

    /// <summary>A BCP 47 tag; null: the blog's.</summary>
    public required string? Language { get; init; }

    /// <summary>As in <see cref="PostView"/>.</summary>
    public required string? Direction { get; init; }

    /// <summary>A word such as "Pinned"; null for none.</summary>
    public required string? Label { get; init; }
}
