using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Privacy;

/// <summary>Responds with what is kept as a JSON file. Never cached.</summary>
public sealed class PersonalDataResult(PersonalData found) : IResult
{
    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        PrivateResult.MarkPrivate(httpContext.Response);
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.Headers.ContentDisposition = "attachment; filename=\"personal-data.json\"";
        await httpContext.Response.Body.WriteAsync(
            JsonSerializer.SerializeToUtf8Bytes(found, PrivacyJson.Default.PersonalData),
            httpContext.RequestAborted
        );
    }
}
