using ServerlessBlog.Posts;
using ServerlessBlog.Settings;
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
