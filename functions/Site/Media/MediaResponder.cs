using Microsoft.Net.Http.Headers;
using ServerlessBlog.Media;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Site.Media;

/// <summary>
/// Serves files of the authors: photos re-encoded, which happens at the first request, other files as they were
/// uploaded.
/// </summary>
public sealed class MediaResponder(
    MediaFiles files,
    PictureVariants pictures,
    PictureFiles encoded,
    MediaTraffic traffic,
    PageResponder responder
)
{
    /// <summary>Serves the file at the path of the request; 404 when there is none.</summary>
    public async Task<IResult> RespondAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (
            !MediaPath.TryParse(request.Path.Value, out var link)
            || await files.FindLinkedAsync(link, cancellationToken) is not var (path, info)
        )
        {
            return await responder.NotFoundAsync(cancellationToken);
        }

        var result = info.IsPhoto
            ? await PhotoAsync(request, path, info, cancellationToken)
            : await StreamAsync(
                request,
                await files.OpenAsync(path, info, cancellationToken),
                CachePolicy.File,
                cancellationToken
            );
        return result ?? await responder.NotFoundAsync(cancellationToken);
    }

    private async Task<IResult?> PhotoAsync(
        HttpRequest request,
        MediaPath path,
        MediaInfo info,
        CancellationToken cancellationToken
    )
    {
        if (await pictures.FindAsync(path, info, cancellationToken) is not { } lookup)
        {
            return null;
        }

        if (lookup.Picture is not { } picture)
        {
            return await responder.MessageAsync(
                StatusCodes.Status404NotFound,
                "picture.title",
                "picture.sentence",
                cancellationToken
            );
        }

        var width =
            int.TryParse(request.Query["w"], NumberStyles.None, CultureInfo.InvariantCulture, out var requested)
            && picture.Widths.Contains(requested)
                ? requested
                : (int?)null;
        var policy = request.Query["v"] == picture.Hash ? CachePolicy.Versioned : CachePolicy.File;
        return await StreamAsync(
            request,
            await encoded.OpenAsync(path, info.Version, width, cancellationToken)
                ?? await EncodeAndOpenAsync(path, info, width, cancellationToken),
            policy,
            cancellationToken
        );
    }

    /// <summary>
    /// Encodes a picture again and opens it. Needed when its encoded files were deleted, which is allowed for anything
    /// that can be computed again. Null when the original is gone or cannot be encoded.
    /// </summary>
    private async Task<MediaContent?> EncodeAndOpenAsync(
        MediaPath path,
        MediaInfo info,
        int? width,
        CancellationToken cancellationToken
    )
    {
        pictures.Forget(path, info);
        return await pictures.FindAsync(path, info, cancellationToken) is { Picture: not null }
            ? await encoded.OpenAsync(path, info.Version, width, cancellationToken)
            : null;
    }

    internal async Task<IResult?> StreamAsync(
        HttpRequest request,
        MediaContent? file,
        CachePolicy policy,
        CancellationToken cancellationToken
    )
    {
        if (file is null)
        {
            return null;
        }

        var headers = request.HttpContext.Response.Headers;
        var client = request.HttpContext.Connection.RemoteIpAddress?.ToString();
        if (!await traffic.TryCountAsync(CountBytes(request, file), client, cancellationToken))
        {
            await file.Content.DisposeAsync();
            headers.RetryAfter = $"{(int)Math.Ceiling(traffic.UntilTomorrow.TotalSeconds)}";
            return await responder.MessageAsync(
                StatusCodes.Status429TooManyRequests,
                "traffic.title",
                "traffic.sentence",
                cancellationToken
            );
        }

        policy.ApplyTo(request.HttpContext.Response);
        if (IsDocument(file.ContentType))
        {
            // The file has the origin of the blog: it must not run scripts or send requests.
            headers.ContentSecurityPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";
        }

        return Results.Stream(
            file.Content,
            file.ContentType,
            lastModified: file.Modified,
            entityTag: new EntityTagHeaderValue(file.ETag),
            enableRangeProcessing: true
        );
    }

    /// <summary>
    /// The size of the response body: nothing for HEAD and for a file that the client has, one range, or the file.
    /// </summary>
    private static long CountBytes(HttpRequest request, MediaContent file)
    {
        var (headers, length) = (request.GetTypedHeaders(), file.Content.Length);
        if (HttpMethods.IsHead(request.Method) || headers.IfNoneMatch.Any(tag => tag.ToString() == file.ETag))
        {
            return 0;
        }

        if (headers.Range is not { Ranges.Count: 1 } ranges)
        {
            return length;
        }

        var range = ranges.Ranges.Single();
        return range.From is { } from
            ? Math.Max(0, Math.Min(range.To ?? length, length - 1) - from + 1)
            : Math.Min(range.To ?? length, length); // the last bytes
    }

    /// <summary>
    /// True for types that a browser shows as a document and that may hold scripts: HTML, and XML such as SVG. The
    /// header X-Content-Type-Options: nosniff keeps browsers from treating other types as documents.
    /// </summary>
    private static bool IsDocument(string contentType) =>
        contentType.Contains("html", StringComparison.OrdinalIgnoreCase)
        || contentType.Contains("xml", StringComparison.OrdinalIgnoreCase);
}
