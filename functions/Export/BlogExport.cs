using System.Runtime.CompilerServices;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Letters;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Export;

/// <summary>
/// Everything of a blog as files that this blog, Hugo and Jekyll read. The same blog gives the same bytes.
/// </summary>
public sealed class BlogExport(
    AuthorFiles files,
    PostStatusLists posts,
    CommentRows comments,
    RecipientTable recipients
)
{
    /// <summary>The file that says what is where.</summary>
    public const string ReadmeFile = "README.md";

    private const string CommentsFile = "comments.jsonl";

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

        await foreach (var file in files.ReadAsync(StorageNames.Media, cancellationToken))
        {
            yield return file;
        }

        yield return await ReadCommentsAsync(all, cancellationToken);
        yield return await ReadRecipientsAsync(cancellationToken);
        yield return ExportedFile.FromText("_redirects", Redirects.ToRedirectsFile(all));
        yield return ExportedFile.FromText("redirects.map", Redirects.ToNginxMap(all));
        yield return ExportedFile.FromText(ReadmeFile, Readme);
    }

    private async Task<ExportedFile> ReadCommentsAsync(IReadOnlyList<Post> all, CancellationToken cancellationToken)
    {
        var sources = all.ToDictionary(post => post.Id, post => post.Source);
        var read = await comments.ReadAllAsync(cancellationToken).ToListAsync(cancellationToken);
        var lines = read.OrderBy(comment => comment.Key.Post.ToString(), StringComparer.Ordinal)
            .ThenBy(comment => comment.Created)
            .ThenBy(comment => comment.Key.ToString(), StringComparer.Ordinal)
            .Select(comment => ExportedComment.ToLine(comment, sources.GetValueOrDefault(comment.Key.Post)) + "\n");
        return ExportedFile.FromText(CommentsFile, string.Concat(lines));
    }

    private async Task<ExportedFile> ReadRecipientsAsync(CancellationToken cancellationToken)
    {
        var csv = new StringBuilder(RecipientCsv.Heading);
        await foreach (var (recipient, _) in recipients.ReadAsync("", cancellationToken))
        {
            csv.Append(RecipientCsv.ToLine(recipient));
        }

        return ExportedFile.FromText("recipients.csv", csv.ToString());
    }

    private const string Readme = """
        # A blog, exported

        | file | content |
        |---|---|
        | `posts/` | the posts, Markdown with front matter, and the files beside them |
        | `media/` | pictures and other files, and in `media/theme/` the theme |
        | `comments.jsonl` | the comments, a line of JSON each, with names and mail addresses |
        | `recipients.csv` | who gets letters, with mail addresses |
        | `_redirects`, `redirects.map` | old addresses, for Netlify and Cloudflare Pages, and for nginx |

        Posts have `date`, `url` and `aliases` added where only the blog knew them. Uploaded into an empty blog, posts
        have the same addresses: `dotnet run --project functions -- upload media posts`. Hugo takes `posts/` as
        `content/posts/`, Jekyll as `_posts/` where names begin with a date.

        Not in here: settings and secrets, the history of comments, earlier versions of posts, mails.
        This folder holds personal data: keep it as you keep the blog's storage.

        """;
}
