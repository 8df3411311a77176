namespace ServerlessBlog.Admin.Posts;

/// <summary>GET /moderate/posts/all: the Markdown files of the authors, in the order of their names.</summary>
public sealed class ListPosts(AdminAuthentication authentication, PostEditorPageRenderer pages)
{
    /// <summary>Maximum length of the prefix that is searched for, in characters; more is cut off.</summary>
    public const int MaxPrefix = 100;

    private const int MaxAfter = 2000;

    /// <param name="request">
    /// The request; in its query, <c>q</c> is the prefix of the file names and <c>after</c> the continuation token of
    /// the page before.
    /// </param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ListPosts))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = AdminPaths.PostsRoute)] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        authentication.AuthorizeAsync(
            request,
            _ =>
            {
                var (prefix, after) = (request.Query["q"].ToString().Trim(), request.Query["after"].ToString());
                return pages.ListAsync(
                    prefix.Length > MaxPrefix ? prefix[..MaxPrefix] : prefix,
                    after.Length is > 0 and < MaxAfter && !after.Any(char.IsControl) ? after : null,
                    cancellationToken
                );
            },
            cancellationToken
        );
}
