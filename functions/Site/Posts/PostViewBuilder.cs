using ServerlessBlog.Comments;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Site.Comments;
using ServerlessBlog.Site.Lists;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Cards;
using ServerlessBlog.Web.Content;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Posts;

/// <summary>Builds the view of a post's page.</summary>
public sealed class PostViewBuilder(
    PictureResolver pictures,
    SignedLinks links,
    Avatars avatars,
    PublicCommentFactory comments,
    BlogSettings settings
)
{
    /// <summary>
    /// Number of headings from which a post has a table of contents, unless the front matter sets <c>toc</c>.
    /// </summary>
    private const int MinHeadings = 3;

    /// <summary>Builds the view.</summary>
    /// <param name="site">Layout data; private when there is a receipt.</param>
    /// <param name="post">The post.</param>
    /// <param name="body">Rendered text of the post.</param>
    /// <param name="related">Older, newer and related posts, and the parts of its series.</param>
    /// <param name="conversation">Page of the public comments.</param>
    /// <param name="form">Comment form; shown on a closed post too when it has error messages.</param>
    /// <param name="receipt">The visitor's own comment; null for none.</param>
    /// <param name="cancellationToken">Cancels the calls to storage.</param>
    public async Task<PostView> BuildAsync(
        SiteLayout site,
        Post post,
        PostBody body,
        RelatedPosts related,
        ConversationView conversation,
        CommentFormView form,
        Receipt? receipt,
        CancellationToken cancellationToken
    )
    {
        var image = await pictures.FindLeadAsync(post.Metadata.Picture, post.Source, cancellationToken);
        var isOpen = post.TakesComments || form.Problems.Count > 0;
        var translations = Translation.SelectFor(
            post.Id,
            [.. related.Translations.Select(other => Translation.From(other, site.Texts.Language))]
        );
        return new PostView
        {
            Site = site,
            PostId = post.Id.ToString(),
            Path = post.Path.Link,
            IsPage = post.Metadata.IsPage,
            Title = post.Metadata.Title,
            Byline = new BylineView(site.Texts)
            {
                Date = settings.ToLocalTime(post.Date),
                Author = AuthorOf(post, site),
                Minutes = post.Digest.Minutes,
                Updated = UpdatedOf(post),
                Comments = PostSummaryBuilder.CommentsLink(conversation.Total, "", site.Texts),
                Home = settings.BaseUrl + "/",
            },
            Language = post.Metadata.Language,
            Direction = PostSummaryBuilder.DirectionOf(post.Metadata.Language),
            Outdated = post.IsOutdated ? settings.ToLocalTime(post.Metadata.Outdated!.Value) : null,
            // Lists by tag leave static pages out.
            Tags = post.Metadata.IsPage ? [] : PostSummaryBuilder.TagLinks(post.Metadata.Tags),
            Image = image,
            Contents = post.Metadata.Contents ?? body.Headings.Count >= MinHeadings ? BuildContents(body.Headings) : [],
            BodyHtml = body.Html,
            Series = SeriesOf(post, related.Series),
            Translations = [.. translations.Where(other => other.Post != post.Id).Select(TranslationView.From)],
            Older = LinkTo(related.Older),
            Newer = LinkTo(related.Newer),
            Related = [.. related.Related.Select(other => LinkTo(other)!)],
            Conversation = isOpen || !post.Metadata.IsPage || conversation.Total > 0 ? conversation : null,
            Form = isOpen ? form : null,
            Receipt = receipt is null ? null : BuildReceipt(receipt, site.Texts),
            Layout = LayoutOf(
                site,
                post,
                body,
                image,
                isPrivate: receipt is not null || form != CommentFormView.Empty || conversation.IsNewestFirst,
                isOpen
            ) with
            {
                Translations = translations,
            },
        };
    }

    /// <summary>Nests comments into threads.</summary>
    /// <param name="shown">Whole threads; each comment follows the one that it replies to.</param>
    /// <param name="post">Path of the post.</param>
    public IReadOnlyList<CommentView> BuildThreads(IReadOnlyList<Comment> shown, SitePath post)
    {
        var (threads, open) = (new List<CommentView>(), new Stack<(Comment Comment, List<CommentView> Replies)>());
        var byId = shown.ToDictionary(comment => comment.Key.Comment);
        foreach (var comment in shown)
        {
            var path = comment.Position!.Value;
            while (open.TryPeek(out var last) && !path.IsBelow(last.Comment.Position!.Value))
            {
                open.Pop();
            }

            var isNested = open.TryPeek(out var enclosing);
            var parent =
                comment.ReplyTo is { } id && byId.GetValueOrDefault(id) is { State: CommentState.Approved } direct
                    ? direct
                    : enclosing.Comment;
            var replies = new List<CommentView>();
            (isNested ? enclosing.Replies : threads).Add(CommentViewFor(comment, parent, replies, post));
            open.Push((comment, replies));
        }

        return threads;
    }

    private ReceiptView BuildReceipt(Receipt receipt, SiteTexts texts)
    {
        var comment = receipt.Comment;
        var isShown = comment.State == CommentState.Approved;
        return new ReceiptView(
            CommentStateText.DescribeReceipt(texts, comment),
            IsAccepted: isShown || comment.State == CommentState.Held,
            isShown ? $"#comment-{comment.Number}" : null,
            isShown ? null : comment.Body.ToHtml(),
            comment.Author,
            settings.ToLocalTime(comment.Created),
            $"/comment/{links.Sign(LinkAction.Receipt, comment)}",
            receipt.LooksAgain
        );
    }

    private CommentView CommentViewFor(
        Comment comment,
        Comment? parent,
        IReadOnlyList<CommentView> replies,
        SitePath post
    ) =>
        comment.State == CommentState.Approved
            ? new CommentView
            {
                Number = comment.Number,
                Comment = comments.Create(comment, parent, post),
                Avatar = avatars.ForWriter(comment),
                Date = settings.ToLocalTime(comment.Created),
                NamesParent = parent?.Position != comment.Position!.Value.GetParent(),
                Replies = replies,
            }
            : new CommentView { Number = comment.Number, Replies = replies };

    /// <summary>
    /// Nests headings: each one below the last heading before it that has a higher rank. Levels may be skipped.
    /// </summary>
    internal static IReadOnlyList<TableOfContentsEntry> BuildContents(IEnumerable<PostHeading> headings)
    {
        var top = new List<TableOfContentsEntry>();
        var open = new Stack<(int Level, List<TableOfContentsEntry> Children)>();
        foreach (var heading in headings)
        {
            while (open.TryPeek(out var last) && last.Level >= heading.Level)
            {
                open.Pop();
            }

            var children = new List<TableOfContentsEntry>();
            (open.TryPeek(out var parent) ? parent.Children : top).Add(
                new TableOfContentsEntry(heading.Text, $"#{heading.Anchor}", children)
            );
            open.Push((heading.Level, children));
        }

        return top;
    }

    private LayoutView LayoutOf(
        SiteLayout site,
        Post post,
        PostBody body,
        PostImage? image,
        bool isPrivate,
        bool isOpen
    )
    {
        var article = post.Metadata.IsPage
            ? null
            : new ArticleMeta(
                settings.ToLocalTime(post.Date),
                settings.ToLocalTime(post.Updated > post.Date ? post.Updated : post.Date),
                post.Metadata.Tags
            );
        return new LayoutView(
            site,
            post.Metadata.Title,
            post.Path.Link,
            post.Metadata.Summary ?? post.Digest.Excerpt,
            isPrivate,
            Article: article,
            Microformat: "h-entry",
            CommentFeedPath: isOpen || article is not null ? CommentsPage.Feed.LinkTo(post.Path) : null,
            HasScript: !post.Metadata.IsPage || body.HasCode || isOpen
        )
        {
            Picture = (image is null ? null : PreviewPicture.From(image, settings.BaseUrl))
                ?? SocialCards.ToPreview(
                    settings.BaseUrl,
                    post.Id.ToString(),
                    SocialCards.ForPost(post, settings, site.Profile)
                ),
            Author = AuthorOf(post, site),
            Language = post.Metadata.Language,
        };
    }

    private DateTimeOffset? UpdatedOf(Post post) =>
        post.Metadata.Updated is { } updated
        && settings.ToLocalTime(updated).Date > settings.ToLocalTime(post.Date).Date
            ? settings.ToLocalTime(updated)
            : null;

    private static SeriesView? SeriesOf(Post post, IReadOnlyList<ListedPost> parts) =>
        post.Metadata.Series is { } name
        && parts.Count > 1
        && parts.Select((part, index) => (part.Id, Number: index + 1)).FirstOrDefault(part => part.Id == post.Id)
            is { Number: > 0 } own
            ? new SeriesView(name, own.Number, [.. parts.Select(part => LinkTo(part)!)])
            : null;

    private static LinkView? LinkTo(ListedPost? post) => post is null ? null : new LinkView(post.Title, post.Path.Link);

    private LinkView AuthorOf(Post post, SiteLayout site) =>
        PostSummaryBuilder.AuthorLink(post.Metadata.Author ?? settings.DefaultAuthor, site, post.IsListedByAuthor);
}
