using ServerlessBlog.Web.Layout;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Privacy;

/// <summary>
/// GET /privacy/{token}: shows whoever has the mailed link what is kept about their address. POST downloads or erases
/// it.
/// </summary>
public sealed class AnswerPrivacy(
    PrivacyRequests requests,
    PersonalDataStore data,
    SiteLayoutProvider layouts,
    PageResponder responder
)
{
    private const int MaxFormBytes = 8 * 1024;

    /// <param name="request">The request; the route value is the signed token.</param>
    /// <param name="cancellationToken">Cancelled when the request is aborted.</param>
    [Function(nameof(AnswerPrivacy))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = PrivacyRequests.Segment + "/{token}")]
            HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var isPost = HttpMethods.IsPost(request.Method);
        var act = isPost ? (await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken)).Field("act") : "";
        if (await requests.FindAsync(request.RouteValues["token"] as string, cancellationToken) is not { } asked)
        {
            return await responder.MessageAsync(
                StatusCodes.Status404NotFound,
                "link.title",
                "link.sentence",
                cancellationToken
            );
        }

        return act switch
        {
            AnswerView.Download => new PersonalDataResult(await data.ReadAsync(asked.Mail, cancellationToken)),
            AnswerView.Erase or AnswerView.Anonymise => await EraseAsync(
                asked,
                act == AnswerView.Anonymise,
                cancellationToken
            ),
            _ => await ShowAsync(request.Path, asked, cancellationToken),
        };
    }

    private async Task<IResult> EraseAsync(PrivacyRequest asked, bool keepsTexts, CancellationToken cancellationToken)
    {
        await data.EraseAsync(asked.Mail, keepsTexts, cancellationToken);
        await requests.EndAsync(asked, cancellationToken);
        return await responder.MessageAsync(
            StatusCodes.Status200OK,
            "privacy.erased-title",
            "privacy.erased",
            cancellationToken
        );
    }

    private async Task<IResult> ShowAsync(string path, PrivacyRequest asked, CancellationToken cancellationToken)
    {
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout.ForPrivatePages;
        var view = new AnswerView(site, await data.ReadAsync(asked.Mail, cancellationToken), path);
        return new PrivateResult(await PageRenderer.RenderAsync(AnswerPage.Create(view), site, cancellationToken));
    }
}

/// <summary>The view model of the page that answers a privacy request. It does not show the address.</summary>
/// <param name="Site">The site layout.</param>
/// <param name="Data">What is kept.</param>
/// <param name="ActionAddress">The address that the forms post to.</param>
public sealed record AnswerView(SiteLayout Site, PersonalData Data, string ActionAddress)
{
    /// <summary>Act: download.</summary>
    public const string Download = "download";

    /// <summary>Act: erase all but the texts of comments.</summary>
    public const string Anonymise = "anonymise";

    /// <summary>Act: erase all.</summary>
    public const string Erase = "erase";
}
