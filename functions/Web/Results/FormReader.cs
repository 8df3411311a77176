using Microsoft.AspNetCore.Http.Features;

namespace ServerlessBlog.Web.Results;

/// <summary>Reads forms that strangers send: never more than they may hold.</summary>
internal static class FormReader
{
    /// <summary>The form. Empty when the request is none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The most bytes of its body.</param>
    /// <param name="cancellationToken">The visitor has gone.</param>
    /// <exception cref="BadHttpRequestException">It is larger (413).</exception>
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

    /// <summary>What a field holds; empty when it is not there. A form has each field once: whoever sends more is not read further.</summary>
    public static string Field(this IFormCollection form, string name) => form[name] is [{ } first, ..] ? first : "";
}
