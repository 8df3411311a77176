namespace ServerlessBlog.Admin.Posts;

/// <summary>GET /moderate/posts/all: the posts in every state, newest first.</summary>
public sealed class ListPosts(AdminAuthentication authentication, PostListPageRenderer pages)
{
    /// <summary>Maximum length of the words that are searched for, in characters; more is cut off.</summary>
    public const int MaxSearch = 100;

    /// <param name="request">
    /// The request; in its query, <c>state</c> is the tab, <c>q</c> is what is searched for, and <c>after</c> is the
    /// place that the page before ended at.
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
                var search = request.Query["q"].ToString().Trim();
                return pages.ShowAsync(
                    new PostQuery(
                        PostTab.Parse(request.Query["state"].ToString()),
                        search.Length > MaxSearch ? search[..MaxSearch] : search,
                        request.Query["after"].ToString()
                    ),
                    cancellationToken
                );
            },
            cancellationToken
        );
}
