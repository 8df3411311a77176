using System.Runtime.CompilerServices;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Letters;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Export;

/// <summary>
/// Everything of a blog as files that this blog, Hugo and Jekyll read. The same blog gives the same bytes.
/// </summary>
/// <param name="files">The files of authors.</param>
/// <param name="posts">The posts.</param>
/// <param name="comments">The comments.</param>
/// <param name="recipients">The recipients of letters.</param>
/// <param name="rules">The rules that were saved.</param>
/// <param name="settings">The settings of the blog.</param>
/// <param name="toHtml">Renders a post as HTML with absolute addresses.</param>
public sealed class BlogExport(
    AuthorFiles files,
    PostStatusLists posts,
    CommentRows comments,
    RecipientTable recipients,
    RuleTable rules,
    BlogSettings settings,
    Func<Post, CancellationToken, Task<string>> toHtml
)
{
    /// <summary>The file that says what is where.</summary>
    public const string ReadmeFile = "README.md";

    /// <summary>The rules that were saved in the admin area.</summary>
    public const string RulesFile = "rules.json";

    /// <summary>The comments.</summary>
    public const string CommentsFile = "comments.jsonl";

    /// <summary>Who gets letters.</summary>
    public const string RecipientsFile = "recipients.csv";

    /// <summary>Reads the files, the posts first.</summary>
    public async IAsyncEnumerable<ExportedFile> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var all = await posts.ReadAllAsync(cancellationToken).ToListAsync(cancellationToken);
        var bySource = all.Where(post => post.SourceVersion.Length > 0).ToLookup(post => post.Source);
        await foreach (var file in files.ReadAsync(StorageNames.Posts, cancellationToken))
        {
            var name = file.Name[(StorageNames.Posts.Length + 1)..];
            yield return PostFileName.TryParse(name, out _) && bySource[name].FirstOrDefault() is { } post
                ? file with
                {
                    Content = AddedFields.AddTo(file.Content, post),
                }
                : file;
        }

        var media = new List<string>();
        await foreach (var file in files.ReadAsync(StorageNames.Media, cancellationToken))
        {
            media.Add(file.Name);
            yield return file;
        }

        var read = await comments.ReadAllAsync(cancellationToken).ToListAsync(cancellationToken);
        yield return ToLines(all, read);
        yield return await ToWxrAsync(all, read, media, cancellationToken);
        yield return await ReadRecipientsAsync(cancellationToken);
        if (await rules.FindAsync(cancellationToken) is { Value: var saved })
        {
            yield return ExportedFile.FromText(RulesFile, ExportedRules.ToText(saved));
        }

        yield return ExportedFile.FromText("_redirects", Redirects.ToRedirectsFile(all));
        yield return ExportedFile.FromText("redirects.map", Redirects.ToNginxMap(all));
        yield return ExportedFile.FromText(ReadmeFile, Readme);
    }

    private static ExportedFile ToLines(IReadOnlyList<Post> all, IReadOnlyList<Comment> read)
    {
        var sources = all.Where(post => post.SourceVersion.Length > 0)
            .ToDictionary(post => post.Id, post => post.Source);
        var lines = read.OrderBy(comment => comment.Key.Post.ToString(), StringComparer.Ordinal)
            .ThenBy(comment => comment.Created)
            .ThenBy(comment => comment.Key.ToString(), StringComparer.Ordinal)
            .Select(comment => ExportedComment.ToLine(comment, sources.GetValueOrDefault(comment.Key.Post)) + "\n");
        return ExportedFile.FromText(CommentsFile, string.Concat(lines));
    }

    /// <summary>
    /// Posts and pages with their comments, in the order of their dates, then pictures and other files of the theme's
    /// pages.
    /// </summary>
    private async Task<ExportedFile> ToWxrAsync(
        IReadOnlyList<Post> all,
        IReadOnlyList<Comment> read,
        IReadOnlyList<string> media,
        CancellationToken cancellationToken
    )
    {
        using var wxr = new WxrWriter(settings.Title, settings.BaseUrl);
        var byPost = read.ToLookup(comment => comment.Key.Post);
        var kept = all.Where(post => post.SourceVersion.Length > 0)
            .OrderBy(post => WxrWriter.DateOf(post) ?? DateTimeOffset.MaxValue)
            .ThenBy(post => post.Source, StringComparer.Ordinal)
            .ToList();
        foreach (var author in kept.Select(AuthorOf).Distinct(StringComparer.Ordinal))
        {
            wxr.WriteAuthor(author);
        }

        foreach (var post in kept)
        {
            var html = await toHtml(post, cancellationToken);
            wxr.WritePost(post, AuthorOf(post), html, [.. byPost[post.Id].OrderBy(comment => comment.Created)]);
        }

        foreach (var name in media.Where(name => !name.StartsWith("media/theme/", StringComparison.Ordinal)))
        {
            wxr.WriteAttachment(SitePath.Encode("/" + name));
        }

        return new ExportedFile("wordpress.xml", wxr.Finish());
    }

    private string AuthorOf(Post post) => post.Metadata.Author ?? settings.DefaultAuthor;

    private async Task<ExportedFile> ReadRecipientsAsync(CancellationToken cancellationToken)
    {
        var csv = new StringBuilder(RecipientCsv.Heading);
        await foreach (var (recipient, _) in recipients.ReadAsync("", cancellationToken))
        {
            csv.Append(RecipientCsv.ToLine(recipient));
        }

        return ExportedFile.FromText(RecipientsFile, csv.ToString());
    }

    private const string Readme = """
        # A blog, exported

        | file | content |
        |---|---|
        | `posts/` | the posts, Markdown with front matter, and the files beside them |
        | `media/` | pictures and other files, and in `media/theme/` the theme |
        | `comments.jsonl` | the comments, a line of JSON each, with names and mail addresses |
        | `wordpress.xml` | posts and comments as WordPress imports them (WXR), with addresses of the pictures |
        | `rules.json` | the rules of moderation, if they were saved in the admin area |
        | `recipients.csv` | who gets letters, with mail addresses |
        | `_redirects`, `redirects.map` | old addresses, for Netlify and Cloudflare Pages, and for nginx |

        Posts have `date`, `url` and `aliases` added where only the blog knew them. Uploaded into an empty blog, posts
        have the same addresses: `dotnet run --project functions -- upload media posts`. Hugo takes `posts/` as
        `content/posts/`, Jekyll as `_posts/` where names begin with a date.

        Not in here: settings and secrets, the history of comments, earlier versions of posts, mails.
        This folder holds personal data: keep it as you keep the blog's storage.

        """;
}
