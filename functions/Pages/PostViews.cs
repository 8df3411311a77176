using ServerlessBlog.Comments;
using ServerlessBlog.Hosting;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Pages;

/// <summary>Turns a post and what goes with it into what its page shows.</summary>
public sealed class PostViews(SitePictures pictures, SignedLinks links, Faces faces, CommentHtml html, BlogSettings settings)
{
    /// <summary>From so many headings on a post has a table of contents, unless its author says otherwise.</summary>
    private const int EnoughHeadings = 3;

    /// <summary>What a post's page shows.</summary>
    public async Task<PostView> OfAsync(
        Frame frame,
        Post post,
        PostBody body,
        Neighbourhood neighbourhood,
        ConversationView conversation,
        CommentFormView form,
        Comment? receipt,
        CancellationToken cancellationToken)
    {
        var image = await pictures.LeadAsync(post.Head.Picture, post.Source, cancellationToken);
        var isOpen = post.TakesComments || form.Problems.Count > 0;
        return new PostView(
            frame,
            post.Id.ToString(),
            post.Path.Link,
            post.Head.IsPage,
            post.Head.Title,
            post.Head.Author ?? settings.DefaultAuthor,
            settings.Local(post.Date),
            post.Digest.Minutes,
            post.Head.Language,
            PostCards.DirectionOf(post.Head.Language),
            post.IsOutdated ? settings.Local(post.Head.Outdated!.Value) : null,
            post.Head.IsPage ? [] : PostCards.LinksTo(post.Head.Tags), // no list has static pages
            image,
            post.Head.Contents ?? body.Headings.Count >= EnoughHeadings ? TableOf(body.Headings) : [],
            body.Html,
            SeriesOf(post, neighbourhood.Series),
            LinkTo(neighbourhood.Older),
            LinkTo(neighbourhood.Newer),
            [.. neighbourhood.Related.Select(other => LinkTo(other)!)],
            isOpen || !post.Head.IsPage || conversation.Total > 0 ? conversation : null,
            isOpen ? form : null,
            receipt is null ? null : new ReceiptView(StateWords.Of(frame.Texts, receipt.State, isRestorable: false), CommentMarkdown.ToHtml(receipt.Text), receipt.Author, settings.Local(receipt.Created), $"/comment/{links.Sign(LinkAct.Receipt, receipt)}"),
            LayoutOf(frame, post, body, image, isPrivate: receipt is not null || form != CommentFormView.Empty, isOpen));
    }

    /// <summary>What everybody sees of a conversation: each comment with its replies.</summary>
    /// <param name="shown">Whole threads, each comment after the one that it answers.</param>
    public IReadOnlyList<CommentView> TreeOf(IReadOnlyList<Comment> shown)
    {
        var (threads, open) = (new List<CommentView>(), new Stack<(CommentTrail Trail, List<CommentView> Replies)>());
        var byId = shown.ToDictionary(comment => comment.Key.Comment);
        foreach (var comment in shown)
        {
            var trail = comment.Trail!.Value;
            while (open.TryPeek(out var last) && !trail.IsBelow(last.Trail))
            {
                open.Pop();
            }

            var answered = comment.Answers is { } id && byId.GetValueOrDefault(id) is { } other && other.Trail != trail.Above() ? other : null;
            var replies = new List<CommentView>();
            (open.TryPeek(out var above) ? above.Replies : threads).Add(Of(comment, answered, replies));
            open.Push((trail, replies));
        }

        return threads;
    }

    private CommentView Of(Comment comment, Comment? answered, IReadOnlyList<CommentView> replies) => comment.State == CommentState.Approved
        ? new(
            comment.Number,
            comment.Author,
            faces.Of(comment),
            comment.IsByAuthor,
            comment.Website,
            settings.Local(comment.Created),
            html.Of(comment.Text),
            answered is { State: CommentState.Approved } ? new LinkView(answered.Author, $"#comment-{answered.Number}") : null,
            replies)
        : new(comment.Number, "", null, false, null, default, null, null, replies);

    /// <summary>Headings below the headings before them that are of a higher level.</summary>
    internal static IReadOnlyList<ContentsEntry> TableOf(IEnumerable<PostHeading> headings)
    {
        var top = new List<ContentsEntry>();
        var open = new Stack<(int Level, List<ContentsEntry> Children)>();
        foreach (var heading in headings)
        {
            while (open.TryPeek(out var last) && last.Level >= heading.Level)
            {
                open.Pop();
            }

            var children = new List<ContentsEntry>();
            (open.TryPeek(out var parent) ? parent.Children : top).Add(new ContentsEntry(heading.Text, $"#{heading.Anchor}", children));
            open.Push((heading.Level, children));
        }

        return top;
    }

    private LayoutView LayoutOf(Frame frame, Post post, PostBody body, PostImage? image, bool isPrivate, bool isOpen)
    {
        var article = post.Head.IsPage ? null : new ArticleMeta(
            settings.Local(post.Date),
            settings.Local(post.Updated > post.Date ? post.Updated : post.Date),
            post.Head.Tags,
            image is null ? null : Absolute(image.Address),
            image?.Alt);
        return new LayoutView(frame, post.Head.Title, post.Path.Link, post.Head.Summary ?? post.Digest.Excerpt, isPrivate, Article: article, HasScript: body.HasCode || isOpen);
    }

    private static SeriesView? SeriesOf(Post post, IReadOnlyList<ListedPost> parts) =>
        post.Head.Series is { } name && parts.Count > 1 && parts.Select((part, index) => (part.Id, Number: index + 1)).FirstOrDefault(part => part.Id == post.Id) is { Number: > 0 } own
            ? new SeriesView(name, own.Number, [.. parts.Select(part => LinkTo(part)!)])
            : null;

    private static LinkView? LinkTo(ListedPost? post) => post is null ? null : new LinkView(post.Title, post.Path.Link);

    private string Absolute(string address) => address.StartsWith('/') ? settings.BaseUrl + address : address;
}
