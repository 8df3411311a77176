using ServerlessBlog.Site.Posts;
using ServerlessBlog.Web.Content;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Lists;

/// <summary>View of a post in a list.</summary>
public sealed record PostSummary
{
    /// <summary>Path of the post.</summary>
    public required string Path { get; init; }

    /// <summary>Title, plain text.</summary>
    public required string Title { get; init; }

    /// <summary>Date of the post, in the blog's time zone.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Name of the author.</summary>
    public required string AuthorName { get; init; }

    /// <summary>Reading time in minutes.</summary>
    public required int Minutes { get; init; }

    /// <summary>Summary or excerpt, plain text; null when there is none.</summary>
    public required string? Summary { get; init; }

    /// <summary>Links to the tags, in the order of the front matter; may be empty.</summary>
    public required IReadOnlyList<LinkView> Tags { get; init; }

    /// <summary>Lead picture of a featured post; null for none, and for other posts.</summary>
    public required PostImage? Image { get; init; }

    /// <summary>Language of the post, a BCP 47 tag; null for the language of the blog.</summary>
    public required string? Language { get; init; }

    /// <summary>Text direction, see <see cref="PostView.Direction"/>.</summary>
    public required string? Direction { get; init; }

    /// <summary>Label such as "Pinned"; null for none.</summary>
    public required string? Label { get; init; }
}
