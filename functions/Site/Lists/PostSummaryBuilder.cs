using ServerlessBlog.Posts;
using ServerlessBlog.Settings;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Content;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Lists;

/// <summary>Turns listed posts into what lists show of them.</summary>
public sealed class PostSummaryBuilder(PictureResolver pictures, BlogSettings settings)
{
    /// <summary>One for each post, in the same order.</summary>
    /// <param name="posts">The posts.</param>
    /// <param name="label">A word over each; null: none but over those that are featured.</param>
    /// <param name="texts">The blog's own words.</param>
    /// <param name="cancellationToken">Stops reading.</param>
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
                Date = settings.Local(post.Date),
                AuthorName = post.Author ?? settings.DefaultAuthor,
                Minutes = post.Minutes,
                Summary = post.Summary,
                Tags = LinksTo(post.Tags),
                Image = await pictures.LeadAsync(post.Picture, post.Source, cancellationToken),
                Language = post.Language,
                Direction = DirectionOf(post.Language),
                Label = label ?? (post.Featured ? texts["list.featured"] : null),
            })
        );

    /// <summary>Each tag with the list of its posts.</summary>
    public static IReadOnlyList<LinkView> LinksTo(IEnumerable<string> tags) =>
        [.. tags.Select(tag => new LinkView(tag, Tag.Parse(tag).Link))];

    /// <summary>The value of <c>dir</c> for a language; null when none is named.</summary>
    public static string? DirectionOf(string? language) =>
        language is null ? null
        : LanguageTag.IsRightToLeft(language) ? "rtl"
        : "ltr";
}
