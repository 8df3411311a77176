using ServerlessBlog.Comments;
using ServerlessBlog.Letters;
using ServerlessBlog.Privacy;
using ServerlessBlog.Web.Layout;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.Mail;

/// <summary>
/// POST /moderate/mail/person: shows what is kept of the address in the form, and does with it what the field act says.
/// The address is never in a link, where logs and histories would keep it.
/// </summary>
public sealed class ManagePerson(
    AdminAuthentication authentication,
    AdminPageResults results,
    RecipientTable recipients,
    PersonalDataStore data,
    TimeProvider clock
)
{
    private const int MaxFormBytes = 8 * 1024;

    /// <param name="request">The request, with the fields email, act and sure.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ManagePerson))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = AdminPaths.PersonRoute)]
            HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        authentication.AuthorizeAsync(
            request,
            async _ =>
                HttpMethods.IsPost(request.Method)
                    ? await ActAsync(
                        await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken),
                        cancellationToken
                    )
                    : new SeeOther(AdminPaths.Mail),
            cancellationToken
        );

    private async Task<IResult> ActAsync(IFormCollection form, CancellationToken cancellationToken)
    {
        var (mail, act) = (form.Field("email").Trim(), form.Field("act"));
        var texts = await results.TextsAsync(cancellationToken);
        if (!CommentForm.IsAddress(mail))
        {
            return await results.MessageAsync(
                StatusCodes.Status400BadRequest,
                texts["admin.mail"],
                texts["wrong.email-form"],
                cancellationToken
            );
        }

        var isErasure = act is PersonView.Anonymise or PersonView.Erase;
        if (isErasure && form.Field("sure") != "yes")
        {
            return await ShowAsync(mail, "mailbox.not-sure", cancellationToken, StatusCodes.Status400BadRequest);
        }

        if (act == PersonView.Download)
        {
            return new PersonalDataResult(await data.ReadAsync(mail, cancellationToken));
        }

        await ApplyAsync(mail, act, cancellationToken);
        return await ShowAsync(mail, isErasure ? "privacy.erased" : ConfirmationOf(act), cancellationToken);
    }

    private static string? ConfirmationOf(string act) =>
        act switch
        {
            PersonView.Bounce => "mailbox.bounce-done",
            PersonView.Stop => "mailbox.stop-done",
            PersonView.Lift => "mailbox.lift-done",
            _ => null,
        };

    private async Task ApplyAsync(string mail, string act, CancellationToken cancellationToken)
    {
        switch (act)
        {
            case PersonView.Bounce when await FindAsync(mail, cancellationToken) is { } recipient:
                await recipients.ChangeAsync(
                    recipient.Id,
                    read => read.WithBounce(clock.GetUtcNow()),
                    cancellationToken
                );
                break;
            case PersonView.Stop when await FindAsync(mail, cancellationToken) is { } recipient:
                await recipients.SuppressAsync(recipient, cancellationToken);
                break;
            case PersonView.Lift:
                await recipients.LiftSuppressionAsync(mail, cancellationToken);
                break;
            case PersonView.Anonymise or PersonView.Erase:
                await data.EraseAsync(mail, act == PersonView.Anonymise, cancellationToken);
                break;
            default:
                break;
        }
    }

    private async Task<Recipient?> FindAsync(string mail, CancellationToken cancellationToken) =>
        (await recipients.FindByMailAsync(mail, cancellationToken))?.Value;

    private async Task<IResult> ShowAsync(
        string mail,
        string? message,
        CancellationToken cancellationToken,
        int status = StatusCodes.Status200OK
    )
    {
        var texts = await results.TextsAsync(cancellationToken);
        var recipient = await FindAsync(mail, cancellationToken);
        var isSuppressed = await recipients.IsSuppressedAsync(mail, cancellationToken);
        var found = await data.ReadAsync(mail, cancellationToken);
        return await results.PageAsync(
            site =>
                PersonPage.Create(
                    new PersonView
                    {
                        Site = site,
                        Mail = mail,
                        Message = message is null ? null : texts[message],
                        IsProblem = status != StatusCodes.Status200OK,
                        IsRecipient = recipient is not null,
                        Badges = recipient is null ? [] : MailPageRenderer.BadgesOf(recipient, texts),
                        IsSuppressed = isSuppressed,
                        Comments = found.Comments.Count,
                        Mails = found.Mails.Count,
                    }
                ),
            cancellationToken,
            status
        );
    }
}

/// <summary>View of the page about one address.</summary>
public sealed record PersonView
{
    /// <summary>Act: a letter came back.</summary>
    public const string Bounce = "bounce";

    /// <summary>Act: no letters to it any more.</summary>
    public const string Stop = "stop";

    /// <summary>Act: letters may be asked for again.</summary>
    public const string Lift = "lift";

    /// <inheritdoc cref="AnswerView.Download"/>
    public const string Download = AnswerView.Download;

    /// <inheritdoc cref="AnswerView.Anonymise"/>
    public const string Anonymise = AnswerView.Anonymise;

    /// <inheritdoc cref="AnswerView.Erase"/>
    public const string Erase = AnswerView.Erase;

    /// <summary>Layout data that every page shows.</summary>
    public required SiteLayout Site { get; init; }

    /// <summary>Mail address.</summary>
    public required string Mail { get; init; }

    /// <summary>What was just done, or why not; null for nothing.</summary>
    public required string? Message { get; init; }

    /// <summary>Whether the message says why nothing was done.</summary>
    public required bool IsProblem { get; init; }

    /// <summary>Whether it is on the list.</summary>
    public required bool IsRecipient { get; init; }

    /// <summary>State on the list, in words.</summary>
    public required IReadOnlyList<string> Badges { get; init; }

    /// <summary>Whether it wants no letters.</summary>
    public required bool IsSuppressed { get; init; }

    /// <summary>Number of comments.</summary>
    public required int Comments { get; init; }

    /// <summary>Number of mails to it that are kept.</summary>
    public required int Mails { get; init; }
}
