using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Admin.Posts;

/// <summary>GET /moderate/posts/all: the author's Markdown files, by name.</summary>
public sealed class ListPosts(AdminAuthentication authentication, PostEditorPageRenderer pages)
{
    /// <summary>The most characters of the beginning of a name that is searched for.</summary>
    public const int MaxBeginning = 100;

    private const int MaxAfter = 2000;

    /// <param name="request">The request; q is how the names begin, after what the page before has named.</param>
    /// <param name="cancellationToken">The author has gone.</param>
    [Function(nameof(ListPosts))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = AdminPaths.PostsRoute)] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        authentication.AuthorizeAsync(
            request,
            _ =>
            {
                var (beginning, after) = (request.Query["q"].ToString().Trim(), request.Query["after"].ToString());
                return pages.ListAsync(
                    beginning.Length > MaxBeginning ? beginning[..MaxBeginning] : beginning,
                    after.Length is > 0 and < MaxAfter && !after.Any(char.IsControl) ? after : null,
                    cancellationToken
                );
            },
            cancellationToken
        );
}
