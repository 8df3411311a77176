using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using ServerlessBlog.Settings;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Web.Layout;

/// <summary>What lies in the program: the stylesheet, the script, and a hash of all that pages depend on beside what is in storage.</summary>
public sealed partial class BuiltInAssets
{
    private readonly string _script = Read("blog.js");

    /// <summary>Reads the files.</summary>
    public BuiltInAssets(BlogSettings settings)
    {
        Style = Read("style.css");
        var words = string.Join(
            '\n',
            [
                typeof(BuiltInAssets).Module.ModuleVersionId.ToString(),
                settings.Title,
                settings.BaseUrl,
                settings.TimeZone.Id,
                settings.DefaultAuthor,
                settings.Comments.PageSize.ToString(System.Globalization.CultureInfo.InvariantCulture),
                .. settings.FrameSources,
            ]
        );
        Hash = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(words)).AsSpan(0, 9));
    }

    /// <summary>The stylesheet, before the owner's.</summary>
    public string Style { get; }

    /// <summary>Of this build and the settings that pages show: 12 characters.</summary>
    public string Hash { get; }

    /// <summary>The script that pages do without as well, with these words in it: <c>text:</c> and a key, in single quotation marks, is a text's place.</summary>
    public string ScriptIn(SiteTexts texts) =>
        TextPlace()
            .Replace(_script, place =>
                $"'{place.Groups[1]}{JavaScriptEncoder.Default.Encode(texts[place.Groups[2].Value])}'"
            );

    [GeneratedRegex("'( ?)text:([a-z0-9.-]+)'")]
    private static partial Regex TextPlace();

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(BuiltInAssets).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
