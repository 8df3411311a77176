using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Site.Posts;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Content;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Lists;

/// <summary>Builds the views of posts in lists.</summary>
public sealed class PostSummaryBuilder(PictureResolver pictures, CommentTable comments, BlogSettings settings)
{
    /// <summary>Builds one view per post, in the same order.</summary>
    /// <param name="posts">The posts.</param>
    /// <param name="label">Label of every post; null for none, except "Featured" for featured posts.</param>
    /// <param name="site">Layout data that every page shows.</param>
    /// <param name="cancellationToken">Cancels the calls to storage.</param>
    public async Task<IReadOnlyList<PostSummary>> BuildAsync(
        IEnumerable<ListedPost> posts,
        string? label,
        SiteLayout site,
        CancellationToken cancellationToken
    ) =>
        await Task.WhenAll(
            posts.Select(async post => new PostSummary
            {
                Path = post.Path.Link,
                Title = post.Title,
                Byline = new BylineView(site.Texts)
                {
                    Date = settings.ToLocalTime(post.Date),
                    Author = AuthorLink(post.Author ?? settings.DefaultAuthor, site, post.IsListedByAuthor),
                    Minutes = post.Minutes,
                    Comments = CommentsLink(
                        (await comments.ReadCountsAsync(post.Id, cancellationToken)).Shown,
                        post.Path.Link,
                        site.Texts
                    ),
                },
                Summary = post.Summary,
                Tags = TagLinks(post.Tags),
                Image = await pictures.FindLeadAsync(post.Picture, post.Source, cancellationToken),
                Language = post.Language,
                Direction = DirectionOf(post.Language),
                IsFeatured = post.Featured,
                Label = label ?? (post.Featured ? site.Texts["list.featured"] : null),
            })
        );

    /// <summary>Links tags to the lists of their posts.</summary>
    public static IReadOnlyList<LinkView> TagLinks(IEnumerable<string> tags) =>
        [.. tags.Select(tag => new LinkView(tag, Tag.Parse(tag).Link))];

    /// <summary>Links an author to the list of their posts; an empty address when the blog has one author.</summary>
    /// <param name="name">Name of the author.</param>
    /// <param name="site">Layout data that every page shows.</param>
    /// <param name="isListed">Whether the list has the post that names the author.</param>
    public static LinkView AuthorLink(string name, SiteLayout site, bool isListed) =>
        new(name, isListed && site.HasAuthorPages ? Author.Parse(name).Link : "");

    /// <summary>Links the number of comments to the comments of a post; null for none.</summary>
    public static LinkView? CommentsLink(int count, string path, SiteTexts texts) =>
        count == 0 ? null : new LinkView(texts.Count("comments", count), $"{path}#comments");

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

    /// <summary>Date, author, reading time and number of comments.</summary>
    public required BylineView Byline { get; init; }

    /// <summary>Summary or excerpt, plain text; null when there is none.</summary>
    public required string? Summary { get; init; }

    /// <summary>HTML of the text, written without encoding; null to show the summary.</summary>
    public string? BodyHtml { get; init; }

    /// <summary>Links to the tags, in the order of the front matter; may be empty.</summary>
    public required IReadOnlyList<LinkView> Tags { get; init; }

    /// <summary>Lead picture; null for none.</summary>
    public required PostImage? Image { get; init; }

    /// <summary>True when the picture is shown large.</summary>
    public required bool IsFeatured { get; init; }

    /// <summary>Language of the post, a BCP 47 tag; null for the language of the blog.</summary>
    public required string? Language { get; init; }

    /// <summary>Text direction, see <see cref="PostView.Direction"/>.</summary>
    public required string? Direction { get; init; }

    /// <summary>Label such as "Pinned"; null for none.</summary>
    public required string? Label { get; init; }
}
