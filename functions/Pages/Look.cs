using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Pages;

/// <summary>What every page has in common: the frame, the stylesheet, and a hash of all that pages depend on beside their content.</summary>
public sealed class Look
{
    /// <summary>Reads the stylesheet that lies in the program.</summary>
    public Look(BlogSettings settings)
    {
        using var style = typeof(Look).Assembly.GetManifestResourceStream("style.css")!;
        using var bytes = new MemoryStream();
        style.CopyTo(bytes);
        Style = Page.Of(bytes.ToArray(), DateTimeOffset.UnixEpoch);
        Frame = new Frame(settings.Title, settings.BaseUrl, $"/style.css?v={Style.Tag}");

        var words = string.Join('\n', typeof(Look).Module.ModuleVersionId, Frame.BlogTitle, Frame.BaseUrl, Style.Tag, settings.TimeZone.Id, settings.DefaultAuthor, settings.Comments.PageSize);
        Hash = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(words)).AsSpan(0, 9));
    }

    /// <summary>What every page's frame shows.</summary>
    public Frame Frame { get; }

    /// <summary>The stylesheet.</summary>
    public Page Style { get; }

    /// <summary>Of this build and the settings that pages show: 12 characters.</summary>
    public string Hash { get; }
}
