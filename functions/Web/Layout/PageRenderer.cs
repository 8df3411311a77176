using System.Text.Encodings.Web;
using System.Text.Unicode;
using RazorSlices;
using ServerlessBlog.Web.Caching;

namespace ServerlessBlog.Web.Layout;

/// <summary>Renders a Razor slice to the bytes of a page.</summary>
internal static class PageRenderer
{
    /// <summary>
    /// Encodes the characters that have a meaning in HTML; leaves letters of every script as they are.
    /// </summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <param name="slice">The page with its layout.</param>
    /// <param name="site">The layout's site parts, whose Content-Security-Policy the page gets.</param>
    /// <param name="cancellationToken">Cancels the render.</param>
    public static async Task<RenderedPage> RenderAsync(
        RazorSlice slice,
        SiteLayout site,
        CancellationToken cancellationToken
    )
    {
        using var bytes = new MemoryStream();
        await using (
            var writer = new StreamWriter(
                bytes,
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                leaveOpen: true
            )
        )
        {
            await slice.RenderAsync(writer, Encoder, cancellationToken);
        }

        return new RenderedPage(bytes.ToArray(), site.Policy);
    }
}
