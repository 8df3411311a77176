using ServerlessBlog.Comments;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Site.Comments;
using ServerlessBlog.Site.Lists;
using ServerlessBlog.Web.Content;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Posts;

/// <summary>Turns a post and what goes with it into what its page shows.</summary>
public sealed class PostViewBuilder(
    PictureResolver pictures,
    SignedLinks links,
    Avatars avatars,
    CommentHtmlCache html,
    BlogSettings settings
)
{
    /// <summary>From so many headings on a post has a table of contents, unless its author says otherwise.</summary>
    private const int EnoughHeadings = 3;

    /// <summary>What a post's page shows.</summary>
    public async Task<PostView> BuildAsync(
        SiteLayout site,
        Post post,
        PostBody body,
        RelatedPosts related,
        ConversationView conversation,
        CommentFormView form,
        Comment? receipt,
        CancellationToken cancellationToken
    )
    {
        var image = await pictures.LeadAsync(post.Head.Picture, post.Source, cancellationToken);
        var isOpen = post.TakesComments || form.Problems.Count > 0;
        return new PostView
        {
            Site = site,
            PostId = post.Id.ToString(),
            Path = post.Path.Link,
            IsPage = post.Head.IsPage,
            Title = post.Head.Title,
            AuthorName = post.Head.Author ?? settings.DefaultAuthor,
            Date = settings.Local(post.Date),
            Minutes = post.Digest.Minutes,
            Language = post.Head.Language,
            Direction = PostSummaryBuilder.DirectionOf(post.Head.Language),
            Outdated = post.IsOutdated ? settings.Local(post.Head.Outdated!.Value) : null,
            Tags = post.Head.IsPage ? [] : PostSummaryBuilder.LinksTo(post.Head.Tags), // no list has static pages
            Image = image,
            Contents = post.Head.Contents ?? body.Headings.Count >= EnoughHeadings ? TableOf(body.Headings) : [],
            BodyHtml = body.Html,
            Series = SeriesOf(post, related.Series),
            Older = LinkTo(related.Older),
            Newer = LinkTo(related.Newer),
            Related = [.. related.Related.Select(other => LinkTo(other)!)],
            Conversation = isOpen || !post.Head.IsPage || conversation.Total > 0 ? conversation : null,
            Form = isOpen ? form : null,
            Receipt = receipt is null
                ? null
                : new ReceiptView(
                    CommentStateText.Describe(site.Texts, receipt.State, isRestorable: false),
                    CommentMarkdown.ToHtml(receipt.Text),
                    receipt.Author,
                    settings.Local(receipt.Created),
                    $"/comment/{links.Sign(LinkAction.Receipt, receipt)}"
                ),
            Layout = LayoutOf(
                site,
                post,
                body,
                image,
                isPrivate: receipt is not null || form != CommentFormView.Empty,
                isOpen
            ),
        };
    }

    /// <summary>What everybody sees of a conversation: each comment with its replies.</summary>
    /// <param name="shown">Whole threads, each comment after the one that it answers.</param>
    public IReadOnlyList<CommentView> TreeOf(IReadOnlyList<Comment> shown)
    {
        var (threads, open) = (new List<CommentView>(), new Stack<(ThreadPath Trail, List<CommentView> Replies)>());
        var byId = shown.ToDictionary(comment => comment.Key.Comment);
        foreach (var comment in shown)
        {
            var path = comment.Position!.Value;
            while (open.TryPeek(out var last) && !path.IsBelow(last.Trail))
            {
                open.Pop();
            }

            var answered =
                comment.Answers is { } id && byId.GetValueOrDefault(id) is { } other && other.Position != path.Above()
                    ? other
                    : null;
            var replies = new List<CommentView>();
            (open.TryPeek(out var above) ? above.Replies : threads).Add(CommentViewFor(comment, answered, replies));
            open.Push((path, replies));
        }

        return threads;
    }

    private CommentView CommentViewFor(Comment comment, Comment? answered, IReadOnlyList<CommentView> replies) =>
        comment.State == CommentState.Approved
            ? new CommentView
            {
                Number = comment.Number,
                Author = comment.Author,
                Avatar = avatars.ForWriter(comment),
                IsByAuthor = comment.IsByAuthor,
                Website = comment.Website,
                Date = settings.Local(comment.Created),
                BodyHtml = html.ToHtml(comment.Text),
                Answers = answered is { State: CommentState.Approved }
                    ? new LinkView(answered.Author, $"#comment-{answered.Number}")
                    : null,
                Replies = replies,
            }
            : new CommentView
            {
                Number = comment.Number,
                Author = "",
                Date = default,
                Replies = replies,
            };

    /// <summary>Headings below the headings before them that are of a higher level.</summary>
    internal static IReadOnlyList<TableOfContentsEntry> TableOf(IEnumerable<PostHeading> headings)
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
        var article = post.Head.IsPage
            ? null
            : new ArticleMeta(
                settings.Local(post.Date),
                settings.Local(post.Updated > post.Date ? post.Updated : post.Date),
                post.Head.Tags,
                image is null ? null : Absolute(image.Address),
                image?.Alt
            );
        return new LayoutView(
            site,
            post.Head.Title,
            post.Path.Link,
            post.Head.Summary ?? post.Digest.Excerpt,
            isPrivate,
            Article: article,
            HasScript: body.HasCode || isOpen
        );
    }

    private static SeriesView? SeriesOf(Post post, IReadOnlyList<ListedPost> parts) =>
        post.Head.Series is { } name
        && parts.Count > 1
        && parts.Select((part, index) => (part.Id, Number: index + 1)).FirstOrDefault(part => part.Id == post.Id)
            is { Number: > 0 } own
            ? new SeriesView(name, own.Number, [.. parts.Select(part => LinkTo(part)!)])
            : null;

    private static LinkView? LinkTo(ListedPost? post) => post is null ? null : new LinkView(post.Title, post.Path.Link);

    private string Absolute(string address) => address.StartsWith('/') ? settings.BaseUrl + address : address;
}
