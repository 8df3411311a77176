using ServerlessBlog.Comments;
using ServerlessBlog.Letters;
using ServerlessBlog.Web.Layout;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Privacy;

/// <summary>
/// GET /privacy: what is kept, where, how long and why, by the settings in force, and the form to ask for one's own.
/// POST mails a link that answers, and says the same for every address.
/// </summary>
public sealed class ReadPrivacy(
    PrivacyRequests requests,
    SubscriptionLimits limits,
    SiteLayoutProvider layouts,
    PageResponder responder,
    BlogSettings settings
)
{
    private const int MaxFormBytes = 8 * 1024;

    /// <param name="request">The request; a POST has the field email.</param>
    /// <param name="cancellationToken">Cancelled when the request is aborted.</param>
    [Function(nameof(ReadPrivacy))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = PrivacyRequests.Segment)]
            HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (!HttpMethods.IsPost(request.Method))
        {
            return await ShowAsync("", null, StatusCodes.Status200OK, cancellationToken);
        }

        var form = await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken);
        var mail = form.Field("email").Trim();
        if (!CommentForm.IsAddress(mail) || !settings.SendsMail)
        {
            return await ShowAsync(mail, "wrong.email-form", StatusCodes.Status400BadRequest, cancellationToken);
        }

        if (await limits.FindWaitAsync(request.HttpContext.Connection.RemoteIpAddress, cancellationToken) is { } wait)
        {
            request.HttpContext.Response.Headers.RetryAfter = $"{(int)Math.Ceiling(wait.TotalSeconds)}";
            return await ShowAsync(mail, "subscribe.too-many", StatusCodes.Status429TooManyRequests, cancellationToken);
        }

        await requests.AddAsync(mail, cancellationToken);
        return await responder.MessageAsync(
            StatusCodes.Status200OK,
            "privacy.sent-title",
            "privacy.sent",
            cancellationToken
        );
    }

    private async Task<IResult> ShowAsync(string mail, string? problem, int status, CancellationToken cancellationToken)
    {
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout;
        var texts = site.Texts;
        var days = settings.Comments.KeepDays;
        var view = new PrivacyView(
            site,
            [
                texts["privacy.reading"],
                days == 0 ? texts["privacy.comments-kept"] : texts.Format("privacy.comments", "days", days),
                .. settings.AddressDays == 0
                    ? Array.Empty<string>()
                    : [texts.Format("privacy.addresses", "days", settings.AddressDays)],
                texts["privacy.network"],
                .. settings.Webhooks.Count == 0 ? Array.Empty<string>() : [texts["privacy.webhooks"]],
                settings.SendsMail
                    ? texts.Format("privacy.letters", "days", (int)ForgetUnconfirmed.KeepFor.TotalDays)
                    : texts["privacy.no-letters"],
                texts["privacy.browser"],
                texts["privacy.copies"],
            ],
            settings.SendsMail
                ? new FieldView
                {
                    Name = "email",
                    Label = texts["privacy.email"],
                    Type = "email",
                    MaxLength = CommentForm.MaxEmail,
                    IsRequired = true,
                    Autocomplete = "email",
                    Value = mail,
                    Problem = problem is null ? null : texts[problem],
                }
                : null
        );
        return new PrivateResult(
            await PageRenderer.RenderAsync(PrivacyPage.Create(view), site, cancellationToken),
            status
        );
    }
}

/// <summary>The view model of the page about privacy.</summary>
/// <param name="Site">The site layout.</param>
/// <param name="Statements">What is kept, a paragraph each.</param>
/// <param name="Email">The field of the form; null when the blog sends no mail, so nobody can be answered.</param>
public sealed record PrivacyView(SiteLayout Site, IReadOnlyList<string> Statements, FieldView? Email);
