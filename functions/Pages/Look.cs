using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Pages;

/// <summary>What lies in the program: the stylesheet, the script, and a hash of all that pages depend on beside what is in storage.</summary>
public sealed class Look
{
    /// <summary>Reads the files.</summary>
    public Look(BlogSettings settings)
    {
        Style = Read("style.css");
        Script = Page.Of(new Rendered(Encoding.UTF8.GetBytes(Read("blog.js")), null), DateTimeOffset.UnixEpoch);
        var words = string.Join('\n', [
            typeof(Look).Module.ModuleVersionId.ToString(), settings.Title, settings.BaseUrl, settings.TimeZone.Id, settings.DefaultAuthor,
            settings.Comments.PageSize.ToString(System.Globalization.CultureInfo.InvariantCulture), .. settings.FrameSources]);
        Hash = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(words)).AsSpan(0, 9));
    }

    /// <summary>The stylesheet, before the owner's.</summary>
    public string Style { get; }

    /// <summary>The script that pages do without as well.</summary>
    public Page Script { get; }

    /// <summary>Of this build and the settings that pages show: 12 characters.</summary>
    public string Hash { get; }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(Look).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
