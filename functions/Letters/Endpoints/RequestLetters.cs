using ServerlessBlog.Comments;
using ServerlessBlog.Web.Layout;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Letters.Endpoints;

/// <summary>
/// GET /subscribe: the form for new posts by mail. POST takes it, and answers the same for every address, so that
/// nobody learns who is on the list.
/// </summary>
public sealed class RequestLetters(
    SubscriptionRequests requests,
    SubscriptionLimits limits,
    SiteLayoutProvider layouts,
    PageResponder responder,
    BlogSettings settings,
    TimeProvider clock
)
{
    private const int MaxFormBytes = 8 * 1024;

    /// <param name="request">The request; a POST has the fields of <see cref="SubscribeView"/>.</param>
    /// <param name="cancellationToken">Cancelled when the request is aborted.</param>
    [Function(nameof(RequestLetters))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "subscribe")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (!settings.SendsMail)
        {
            return await responder.MessageAsync(
                StatusCodes.Status404NotFound,
                "subscribe.off-title",
                "subscribe.off",
                cancellationToken
            );
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            return await FormAsync(
                new SubscribeInput("", "", request.Query["tag"].ToString()),
                null,
                cancellationToken
            );
        }

        var form = await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken);
        var input = new SubscribeInput(
            form.Field(SubscribeView.Email).Trim(),
            form.Field(SubscribeView.When),
            form.Field(SubscribeView.Tags)
        );
        return form.Field(SubscribeView.Trap).Length > 0
            ? await SentAsync(cancellationToken)
            : await AddAsync(request.HttpContext, input, cancellationToken);
    }

    private async Task<IResult> AddAsync(HttpContext context, SubscribeInput input, CancellationToken cancellationToken)
    {
        if (!CommentForm.IsAddress(input.Email))
        {
            return await FormAsync(input, "wrong.email-form", cancellationToken);
        }

        if (await limits.FindWaitAsync(context.Connection.RemoteIpAddress, cancellationToken) is { } wait)
        {
            context.Response.Headers.RetryAfter = $"{(int)Math.Ceiling(wait.TotalSeconds)}";
            return await FormAsync(
                input,
                "subscribe.too-many",
                cancellationToken,
                StatusCodes.Status429TooManyRequests
            );
        }

        var wanted = new PostSubscription(
            LetterChoices.ParseTags(input.Tags),
            input.When == LetterChoices.Weekly,
            clock.GetUtcNow()
        );
        await requests.AddAsync(input.Email, wanted, cancellationToken);
        return await SentAsync(cancellationToken);
    }

    private Task<IResult> SentAsync(CancellationToken cancellationToken) =>
        responder.MessageAsync(StatusCodes.Status200OK, "subscribe.sent-title", "subscribe.sent", cancellationToken);

    private async Task<IResult> FormAsync(
        SubscribeInput input,
        string? problem,
        CancellationToken cancellationToken,
        int? status = null
    )
    {
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout;
        var view = new SubscribeView(site, input, problem is null ? null : site.Texts[problem]);
        return new PrivateResult(
            await PageRenderer.RenderAsync(SubscribePage.Create(view), site, cancellationToken),
            status ?? (problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest)
        );
    }
}
