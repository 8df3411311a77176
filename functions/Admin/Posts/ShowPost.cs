using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.Posts;

/// <summary>
/// GET /moderate/post/{id}: the state of a post, its report and its last versions; <c>version</c> in the query shows
/// the text of one. POST deletes or renames its file, restores a version, creates a
/// secret link to a post that is not public, or stops all of these, by its field act.
/// </summary>
public sealed class ShowPost(
    AdminAuthentication authentication,
    PostDetailsRenderer pages,
    PostActions actions,
    PreviewLinks previews,
    PostTable posts,
    PageResponder responder
)
{
    private const int MaxFormBytes = 16 * 1024;

    /// <param name="request">The request; its route value is the id of the post.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ShowPost))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = AdminPaths.PostRoute)]
            HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        authentication.AuthorizeAsync(
            request,
            async _ =>
            {
                if (
                    !PostId.TryParse(request.RouteValues["id"] as string, out var id)
                    || (await posts.FindForWriteAsync(id, cancellationToken))?.Value is not { } post
                )
                {
                    return await responder.NotFoundAsync(cancellationToken);
                }

                return HttpMethods.IsPost(request.Method)
                    ? await ActAsync(
                        post,
                        await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken),
                        cancellationToken
                    )
                    : await pages.ShowAsync(
                        post,
                        new PostDetailsRequest(
                            ParseNumber(request.Query["version"].ToString()),
                            request.Query["did"].ToString()
                        ),
                        cancellationToken
                    );
            },
            cancellationToken
        );

    private async Task<IResult> ActAsync(Post post, IFormCollection form, CancellationToken cancellationToken)
    {
        var (act, version) = (form.Field("act"), form.Field("version"));
        if (act == "share")
        {
            var link = await previews.CreateAsync(post.Id, cancellationToken);
            return await pages.ShowAsync(
                post,
                new PostDetailsRequest(null, "") { PreviewAddress = link },
                cancellationToken
            );
        }

        if (act == "stop")
        {
            await previews.StopAsync(post.Id, cancellationToken);
            return new SeeOther($"{AdminPaths.Post(post.Id.ToString())}?did=stop");
        }

        var problem = act switch
        {
            "delete" => await actions.DeleteAsync(post, version, cancellationToken),
            "rename" => await actions.RenameAsync(post, form.Field("name").Trim(), version, cancellationToken),
            _ => await actions.RestoreAsync(
                post,
                ParseNumber(form.Field("number")),
                version.Length == 0 ? null : version,
                cancellationToken
            ),
        };
        return problem is null
            ? new SeeOther(
                $"{AdminPaths.Post(post.Id.ToString())}?did={(act is "delete" or "rename" ? act : "restore")}"
            )
            : await pages.ShowAsync(
                post,
                new PostDetailsRequest(null, "") { Problem = problem, TypedName = form.Field("name") },
                cancellationToken,
                StatusOf(problem)
            );
    }

    private static int StatusOf(TextReference problem) =>
        problem.Key is "admin.post-changed" or "admin.rename-both" or "admin.rename-taken"
            ? StatusCodes.Status409Conflict
            : StatusCodes.Status400BadRequest;

    private static int? ParseNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
