using ServerlessBlog.Posts;
using ServerlessBlog.Site.Posts;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Content;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Lists;

/// <summary>Builds the views of posts in lists.</summary>
public sealed class PostSummaryBuilder(PictureResolver pictures, BlogSettings settings)
{
    /// <summary>Builds one view per post, in the same order.</summary>
    /// <param name="posts">The posts.</param>
    /// <param name="label">Label of every post; null for none, except "Featured" for featured posts.</param>
    /// <param name="texts">Interface texts of the blog.</param>
    /// <param name="cancellationToken">Cancels the calls to storage.</param>
    public async Task<IReadOnlyList<PostSummary>> BuildAsync(
        IEnumerable<ListedPost> posts,
        string? label,
        SiteTexts texts,
        CancellationToken cancellationToken
    ) =>
        await Task.WhenAll(
            posts.Select(async post => new PostSummary
            {
                Path = post.Path.Link,
                Title = post.Title,
                Date = settings.ToLocalTime(post.Date),
                AuthorName = post.Author ?? settings.DefaultAuthor,
                Minutes = post.Minutes,
                Summary = post.Summary,
                Tags = TagLinks(post.Tags),
                Image = await pictures.FindLeadAsync(post.Picture, post.Source, cancellationToken),
                Language = post.Language,
                Direction = DirectionOf(post.Language),
                Label = label ?? (post.Featured ? texts["list.featured"] : null),
            })
        );

    /// <summary>Links tags to the lists of their posts.</summary>
    public static IReadOnlyList<LinkView> TagLinks(IEnumerable<string> tags) =>
        [.. tags.Select(tag => new LinkView(tag, Tag.Parse(tag).Link))];

    /// <summary>
    /// Value of the attribute <c>dir</c> for a language; null when <paramref name="language"/> is null.
    /// </summary>
    public static string? DirectionOf(string? language) =>
        language is null ? null
        : LanguageTag.IsRightToLeft(language) ? "rtl"
        : "ltr";
}

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
