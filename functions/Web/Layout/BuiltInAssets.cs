using System.Buffers.Text;
using System.Text.Encodings.Web;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Web.Layout;

/// <summary>
/// The assets embedded in the program: the stylesheet and the script. Also hashes the build and settings that pages
/// depend on.
/// </summary>
public sealed partial class BuiltInAssets
{
    private readonly string _script = Read("blog.js");
    private readonly string _adminScript = Read("admin.js") + Read("editor.js");

    /// <summary>
    /// The inline script in the head of every page: applies the colour scheme that the reader has chosen before the
    /// page is painted, and shows the choice, which without a script stays hidden.
    /// </summary>
    public static string SchemeScript { get; } = Read("scheme.js").Trim();

    /// <summary>The source of <see cref="SchemeScript"/> for the Content-Security-Policy.</summary>
    public static string SchemeScriptHash { get; } = HeadScriptHashes.Hash(SchemeScript);

    /// <summary>Reads the embedded files.</summary>
    public BuiltInAssets(BlogSettings settings)
    {
        Style = Read("style.css");
        var dependencies = string.Join(
            '\n',
            [
                typeof(BuiltInAssets).Module.ModuleVersionId.ToString(),
                settings.Title,
                settings.BaseUrl,
                settings.TimeZone.Id,
                settings.DefaultAuthor,
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"{settings.Comments.PageSize} {settings.Comments.Depth}"
                ),
                $"{settings.Comments.Moderation} {settings.Comments.PreviouslyApproved}",
                $"{settings.SendsMail}",
                .. settings.FrameSources,
            ]
        );
        Hash = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(dependencies)).AsSpan(0, 9));
    }

    /// <summary>The built-in stylesheet, to which the owner's stylesheet is appended.</summary>
    public string Style { get; }

    /// <summary>
    /// A hash of this build and of the settings that pages show: 12 base64url characters, a part of every cache key.
    /// </summary>
    public string Hash { get; }

    /// <summary>
    /// The script with texts filled in, as string literals of JavaScript: <c>'text:'</c> with the key of a text inside
    /// the quotation marks is replaced by that text.
    /// </summary>
    public string ScriptWith(SiteTexts texts) => Fill(_script, texts);

    /// <summary>The script of the admin area with texts filled in, as <see cref="ScriptWith"/> does.</summary>
    public string AdminScriptWith(SiteTexts texts) => Fill(_adminScript, texts);

    private static string Fill(string script, SiteTexts texts) =>
        TextPlaceholder()
            .Replace(script, match =>
                $"'{match.Groups[1]}{JavaScriptEncoder.Default.Encode(texts[match.Groups[2].Value])}'"
            );

    [GeneratedRegex("'( ?)text:([a-z0-9.-]+)'")]
    private static partial Regex TextPlaceholder();

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(BuiltInAssets).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
