using Microsoft.AspNetCore.Http.Features;

namespace ServerlessBlog.Web.Results;

/// <summary>Reads forms from untrusted senders, with a limit on their size.</summary>
internal static class FormReader
{
    /// <summary>Reads the form; empty when the request has no form content type.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The maximum size of the body in bytes.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    /// <exception cref="BadHttpRequestException">The body is larger than <paramref name="maxBytes"/> (413).</exception>
    public static async Task<IFormCollection> ReadAsync(
        HttpRequest request,
        int maxBytes,
        CancellationToken cancellationToken
    )
    {
        if (!request.HasFormContentType)
        {
            return FormCollection.Empty;
        }

        request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = maxBytes;
        return await request.ReadFormAsync(cancellationToken);
    }

    /// <summary>
    /// The value of a field; empty when it is missing. Our forms have each field once: of repeated fields only the
    /// first is read.
    /// </summary>
    public static string Field(this IFormCollection form, string name) => form[name] is [{ } first, ..] ? first : "";
}
