using ServerlessBlog.Letters;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.Mail;

/// <summary>
/// GET /moderate/mail/all: mailings, what was not sent, and the recipients. POST, by its field act: <c>export</c>
/// downloads the list of recipients as CSV, <c>import</c> adds those of a file.
/// </summary>
public sealed class ManageMail(
    AdminAuthentication authentication,
    MailPageRenderer pages,
    RecipientImport import,
    RecipientTable recipients,
    AdminPageResults results
)
{
    /// <summary>Larger than the largest file: a character takes up to four bytes.</summary>
    private const int MaxFormBytes = (4 * RecipientCsv.MaxLength) + (64 * 1024);

    private const int MaxLinesShown = 20;

    /// <param name="request">The request; a POST has the field act, and for an import list (a file) and agreed.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ManageMail))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = AdminPaths.MailRoute)]
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
                    : await pages.ShowAsync(request.Query["after"].ToString(), MailMessage.None, cancellationToken),
            cancellationToken
        );

    private async Task<IResult> ActAsync(IFormCollection form, CancellationToken cancellationToken) =>
        form.Field("act") switch
        {
            "export" => new RecipientExportResult(recipients),
            "import" => await pages.ShowAsync("", await ImportAsync(form, cancellationToken), cancellationToken),
            _ => await pages.ShowAsync("", MailMessage.None, cancellationToken),
        };

    private async Task<MailMessage> ImportAsync(IFormCollection form, CancellationToken cancellationToken)
    {
        var texts = await results.TextsAsync(cancellationToken);
        if (form.Field("agreed") != "yes")
        {
            return new MailMessage([], texts["mailbox.not-agreed"]);
        }

        if (form.Files["list"] is not { } file)
        {
            return new MailMessage([], texts["mailbox.no-file"]);
        }

        using var reader = new StreamReader(file.OpenReadStream());
        var result = await import.ImportAsync(await reader.ReadToEndAsync(cancellationToken), cancellationToken);
        return result.Problem is { } problem
            ? new MailMessage([], Sentence(problem, texts))
            : new MailMessage([.. Sentences(result, texts)]);
    }

    private static string Sentence(CsvProblem problem, SiteTexts texts) =>
        problem switch
        {
            CsvProblem.NoEmailColumn => texts["mailbox.no-column"],
            CsvProblem.TooLarge => texts.Format("mailbox.too-large", "count", RecipientCsv.MaxLines),
            _ => texts["mailbox.unreadable"],
        };

    private static IEnumerable<string> Sentences(ImportResult result, SiteTexts texts)
    {
        yield return texts.Format("mailbox.added", "count", result.Imported);
        if (result.Known > 0)
        {
            yield return texts.Format("mailbox.known", "count", result.Known);
        }

        if (result.Suppressed > 0)
        {
            yield return texts.Format("mailbox.suppressed", "count", result.Suppressed);
        }

        if (result.Invalid.Count > 0)
        {
            var lines = result.Invalid.Take(MaxLinesShown).Select(line => line.ToString(CultureInfo.InvariantCulture));
            yield return texts.Format(
                "mailbox.invalid",
                ("count", result.Invalid.Count.ToString(CultureInfo.InvariantCulture)),
                ("lines", string.Join(", ", lines) + (result.Invalid.Count > MaxLinesShown ? ", …" : ""))
            );
        }
    }

    /// <summary>Responds with the list of recipients as a CSV file, as it is read. Never cached.</summary>
    private sealed class RecipientExportResult(RecipientTable recipients) : IResult
    {
        /// <inheritdoc/>
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            PrivateResult.MarkPrivate(httpContext.Response);
            httpContext.Response.ContentType = "text/csv; charset=utf-8";
            httpContext.Response.Headers.ContentDisposition = "attachment; filename=\"recipients.csv\"";
            await httpContext.Response.WriteAsync(RecipientCsv.Heading, httpContext.RequestAborted);
            await foreach (var (recipient, _) in recipients.ReadAsync("", httpContext.RequestAborted))
            {
                await httpContext.Response.WriteAsync(RecipientCsv.ToLine(recipient), httpContext.RequestAborted);
            }
        }
    }
}
