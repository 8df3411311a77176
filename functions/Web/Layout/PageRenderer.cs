using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using RazorSlices;
using ServerlessBlog.Web.Caching;

namespace ServerlessBlog.Web.Layout;

/// <summary>Renders a slice to the bytes of a page.</summary>
internal static class PageRenderer
{
    /// <summary>Escapes what has a meaning in HTML, and leaves letters of every script as they are.</summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <param name="slice">The page.</param>
    /// <param name="site">The frame it stands in.</param>
    /// <param name="cancellationToken">Stops the rendering.</param>
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
