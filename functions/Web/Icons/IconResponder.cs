using ServerlessBlog.Media;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Layout;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Web.Icons;

/// <summary>
/// Serves the icons and the web manifest. Each is made once per revision of the site and kept by the page cache.
/// </summary>
public sealed class IconResponder(
    PageResponder responder,
    SiteLayoutProvider layouts,
    SiteIcons icons,
    BlogSettings settings
)
{
    /// <summary>The side of the picture in <c>/favicon.ico</c>, in pixels.</summary>
    private const int FaviconSide = 48;

    /// <summary>The side of <c>/apple-touch-icon.png</c>, in pixels.</summary>
    private const int TouchIconSide = 180;

    /// <summary>The sides of the icons that the manifest lists, in pixels.</summary>
    public static IReadOnlyList<int> ManifestSides { get; } = [192, 512];

    /// <summary>Serves <c>/favicon.ico</c>.</summary>
    public Task<IResult> FaviconAsync(HttpRequest request, CancellationToken cancellationToken) =>
        RespondAsync(
            request,
            "/favicon.ico",
            "image/x-icon",
            async stop => IconEncoder.ToIco(await DrawAsync(FaviconSide, isOpaque: false, stop), FaviconSide),
            cancellationToken
        );

    /// <summary>Serves <c>/apple-touch-icon.png</c>: on white, since iOS shows transparent pixels as black.</summary>
    public Task<IResult> TouchIconAsync(HttpRequest request, CancellationToken cancellationToken) =>
        RespondAsync(
            request,
            "/apple-touch-icon.png",
            "image/png",
            stop => DrawAsync(TouchIconSide, isOpaque: true, stop),
            cancellationToken
        );

    /// <summary>Serves an icon of <see cref="ManifestSides"/>; 404 for any other side.</summary>
    public Task<IResult> ManifestIconAsync(HttpRequest request, string? name, CancellationToken cancellationToken) =>
        ManifestSides.Cast<int?>().FirstOrDefault(side => name == $"{side}.png") is { } side
            ? RespondAsync(
                request,
                $"/icons/{side}.png",
                "image/png",
                stop => DrawAsync(side, isOpaque: false, stop),
                cancellationToken
            )
            : responder.NotFoundAsync(cancellationToken);

    /// <summary>Serves the web manifest (https://www.w3.org/TR/appmanifest/).</summary>
    public Task<IResult> ManifestAsync(HttpRequest request, CancellationToken cancellationToken) =>
        responder.PageAsync(
            request,
            new PageRequest(
                "manifest",
                "/site.webmanifest",
                async stop => new RenderedPage(WriteManifest((await layouts.CurrentAsync(stop)).Layout), null),
                ContentType: "application/manifest+json"
            )
            {
                Policy = CachePolicy.File,
            },
            cancellationToken
        );

    private async Task<IResult> RespondAsync(
        HttpRequest request,
        string link,
        string type,
        Func<CancellationToken, Task<byte[]>> draw,
        CancellationToken cancellationToken
    )
    {
        var policy =
            request.Query["v"] is not [{ Length: > 0 } version] ? CachePolicy.Icon
            : version == (await layouts.CurrentAsync(cancellationToken)).Layout.IconVersion ? CachePolicy.Versioned
            : CachePolicy.Page;
        return await responder.PageAsync(
            request,
            new PageRequest(
                link[1..],
                link,
                async stop => new RenderedPage(await draw(stop), Policy: null),
                ContentType: type
            )
            {
                Policy = policy,
            },
            cancellationToken
        );
    }

    private async Task<byte[]> DrawAsync(int side, bool isOpaque, CancellationToken cancellationToken) =>
        await icons.DrawAsync(
            (await layouts.CurrentAsync(cancellationToken)).Layout.Profile,
            side,
            isOpaque,
            cancellationToken
        );

    private byte[] WriteManifest(SiteLayout site)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("name", settings.Title);
            json.WriteString("lang", site.Texts.Language);
            json.WriteString("dir", site.Direction);
            if (site.Profile.Summary is { } summary)
            {
                json.WriteString("description", summary);
            }

            json.WriteString("start_url", "/");
            json.WriteString("display", "browser");
            json.WriteStartArray("icons");
            foreach (var side in ManifestSides)
            {
                json.WriteStartObject();
                json.WriteString("src", $"/icons/{side}.png?v={site.IconVersion}");
                json.WriteString("sizes", $"{side}x{side}");
                json.WriteString("type", "image/png");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }
}
