using System.Globalization;
using Microsoft.Net.Http.Headers;
using ServerlessBlog.Media;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Site.Media;

/// <summary>Answers with files of the author: photos as they were made anew, everything else as it was uploaded.</summary>
public sealed class MediaResponder(
    MediaFiles files,
    PictureVariants pictures,
    PictureFiles made,
    PageResponder responder
)
{
    /// <summary>The file that the request's path names, or the friendly 404.</summary>
    public async Task<IResult> RespondAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (
            !MediaPath.TryOfLink(request.Path.Value, out var path)
            || await files.FindAsync(path, cancellationToken) is not { } info
        )
        {
            return await responder.NotFoundAsync(cancellationToken);
        }

        var answer = info.IsPhoto
            ? await PhotoAsync(request, path, info, cancellationToken)
            : Answer(request, await files.OpenAsync(path, info, cancellationToken), PageResult.Briefly);
        return answer ?? await responder.NotFoundAsync(cancellationToken);
    }

    private async Task<IResult?> PhotoAsync(
        HttpRequest request,
        MediaPath path,
        MediaInfo info,
        CancellationToken cancellationToken
    )
    {
        if (await pictures.FindAsync(path, info, cancellationToken) is not { } found)
        {
            return null;
        }

        if (found.Picture is not { } picture)
        {
            return await responder.SayAsync(
                StatusCodes.Status404NotFound,
                "picture.title",
                "picture.sentence",
                cancellationToken
            );
        }

        var width =
            int.TryParse(request.Query["w"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
            && picture.Widths.Contains(asked)
                ? asked
                : (int?)null;
        var lasts = request.Query["v"] == picture.Hash ? PageResult.ForEver : PageResult.Briefly;
        return Answer(
            request,
            await made.OpenAsync(path, info.Version, width, cancellationToken)
                ?? await OpenAgainAsync(path, info, width, cancellationToken),
            lasts
        );
    }

    /// <summary>What was made once may have been deleted since, as anything that can be made again: then it is.</summary>
    private async Task<MediaContent?> OpenAgainAsync(
        MediaPath path,
        MediaInfo info,
        int? width,
        CancellationToken cancellationToken
    )
    {
        pictures.Forget(path, info);
        return await pictures.FindAsync(path, info, cancellationToken) is { Picture: not null }
            ? await made.OpenAsync(path, info.Version, width, cancellationToken)
            : null;
    }

    private static IResult? Answer(HttpRequest request, MediaContent? file, string lasts)
    {
        if (file is null)
        {
            return null;
        }

        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = lasts;
        if (IsDocument(file.ContentType))
        {
            // It must not act as this site: it runs no script, and asks for nothing.
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

    /// <summary>Whether a browser would open it as a page of its own that could hold a script. Everything else is what its type says: see nosniff.</summary>
    private static bool IsDocument(string contentType) =>
        contentType.Contains("html", StringComparison.OrdinalIgnoreCase)
        || contentType.Contains("xml", StringComparison.OrdinalIgnoreCase);
}
