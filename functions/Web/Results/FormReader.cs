using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using UrlEncodedReader = Microsoft.AspNetCore.WebUtilities.FormReader;

namespace ServerlessBlog.Web.Results;

/// <summary>Reads the forms of all functions, from untrusted senders, with a limit on their size.</summary>
internal static class FormReader
{
    /// <summary>
    /// The HResult of an <see cref="IOException"/> that the multipart reader throws when a boundary is missing. Those
    /// of the operating system, such as a full disk, have other values and are the blog's failure.
    /// </summary>
    private const int UnexpectedEnd = unchecked((int)0x80131620);

    /// <summary>Reads a form in UTF-8, of type multipart/form-data or application/x-www-form-urlencoded.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The maximum size of the body in bytes.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    /// <param name="allowsNul">
    /// True when the caller reports the character NUL (U+0000) at the field that has it; else a form with a NUL in any
    /// field is unreadable.
    /// </param>
    /// <exception cref="UnreadableFormException">
    /// The body is not a form (415), is too large (413), or is not what its content type says (400).
    /// </exception>
    public static async Task<IFormCollection> ReadAsync(
        HttpRequest request,
        int maxBytes,
        CancellationToken cancellationToken,
        bool allowsNul = false
    )
    {
        if (request is { ContentType: null, ContentLength: null or 0 })
        {
            return FormCollection.Empty; // such as the POST to a signed link, which needs no fields
        }

        if (!request.HasFormContentType)
        {
            throw new UnreadableFormException(
                StatusCodes.Status415UnsupportedMediaType,
                "no-form.title",
                "no-form.sentence"
            );
        }

        if (!IsUtf8(request.ContentType))
        {
            throw new UnreadableFormException("unread.charset");
        }

        request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = maxBytes;
        var form = await ReadFieldsAsync(request, cancellationToken);
        return allowsNul || !form.Any(field => field.Key.Contains('\0') || field.Value.Any(HasNul))
            ? form
            : throw new UnreadableFormException("unread.nul");
    }

    /// <summary>
    /// The value of a field; empty when it is missing. Our forms have each field once: of repeated fields only the
    /// first is read.
    /// </summary>
    public static string Field(this IFormCollection form, string name) => form[name] is [{ } first, ..] ? first : "";

    private static bool HasNul(string? value) => value?.Contains('\0') == true;

    private static async Task<IFormCollection> ReadFieldsAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return MediaTypeHeaderValue.Parse(request.ContentType).MediaType == "multipart/form-data"
                ? await ReadMultipartAsync(request, cancellationToken)
                : await ReadUrlEncodedAsync(request.Body, cancellationToken);
        }
        catch (BadHttpRequestException problem) when (problem.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new UnreadableFormException(problem.StatusCode, "unread.title", "unread.large", problem);
        }
        catch (InvalidDataException problem)
        {
            throw new UnreadableFormException("unread.fields", problem);
        }
        catch (IOException problem) when (problem is BadHttpRequestException || problem.HResult == UnexpectedEnd)
        {
            throw new UnreadableFormException("unread.part", problem);
        }
        catch (NotSupportedException problem) // UTF-7 as the charset of a part
        {
            throw new UnreadableFormException("unread.charset", problem);
        }
    }

    /// <summary>Reads the parts up to the last boundary, which ASP.NET Core alone does not insist on.</summary>
    private static async Task<IFormCollection> ReadMultipartAsync(
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType).Boundary);
        var body = new BodyEnd(request.Body);
        request.Body = body;
        var form = await request.ReadFormAsync(cancellationToken);
        return body.Contains(Encoding.UTF8.GetBytes($"--{boundary}--"))
            ? form
            : throw new UnreadableFormException("unread.part");
    }

    /// <summary>Reads what <see cref="HttpRequest.ReadFormAsync"/> does not: that throws at a NUL (%00).</summary>
    private static async Task<IFormCollection> ReadUrlEncodedAsync(Stream body, CancellationToken cancellationToken)
    {
        using var reader = new UrlEncodedReader(body, Encoding.UTF8);
        return new FormCollection(await reader.ReadFormAsync(cancellationToken));
    }

    private static bool IsUtf8(string? contentType) =>
        MediaTypeHeaderValue.Parse(contentType).Charset.ToString().Trim('"').ToUpperInvariant()
            is ""
                or "UTF-8"
                or "UTF8";
}
