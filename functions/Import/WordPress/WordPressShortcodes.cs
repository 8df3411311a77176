using System.Net;

namespace ServerlessBlog.Import.WordPress;

/// <summary>
/// Translates the shortcodes of WordPress (https://codex.wordpress.org/Shortcode) into HTML. Others are shown as code,
/// and named in the report.
/// </summary>
/// <param name="post">The post, whose body is HTML.</param>
/// <param name="findAttachment">The address and the words of an attachment by its number; null for none.</param>
/// <param name="attached">The numbers of the pictures that were uploaded to the post.</param>
internal sealed partial class WordPressShortcodes(
    ImportedPost post,
    Func<string, (string Address, string Words)?> findAttachment,
    IReadOnlyList<string> attached
)
{
    private const int MaxPasses = 3;

    /// <summary>Translates the body: first what has an end, from the inside outwards, then the rest.</summary>
    public void Translate()
    {
        for (var pass = 0; pass < MaxPasses && WithEnd().IsMatch(post.Body); pass++)
        {
            post.Body = WithEnd().Replace(post.Body, match => ReplaceBlock(match));
        }

        post.Body = Single().Replace(post.Body, match => ReplaceSingle(match));
    }

    private string ReplaceBlock(Match match)
    {
        var (name, inside) = (match.Groups["name"].Value, match.Groups["inside"].Value);
        var parameters = new TagParameters(match.Groups["parameters"].Value);
        switch (name)
        {
            case "caption" or "wp_caption":
                var picture = Picture().Match(inside) is { Success: true } found ? found.Value : inside;
                var caption = parameters.Find("caption")
                    ?? inside[(inside.IndexOf(picture, StringComparison.Ordinal) + picture.Length)..].Trim();
                return $"<figure>{picture}<figcaption>{caption}</figcaption></figure>";
            case "embed":
                return Embed(inside.Trim());
            case "audio" or "video":
                return ReplaceSingle(match);
            case "code" or "sourcecode" or "php" or "html" or "css" or "bash":
                var language = parameters.Find("language", "lang") ?? (name is "code" or "sourcecode" ? "" : name);
                var type = language.Length == 0 ? "" : $" class=\"language-{WebUtility.HtmlEncode(language)}\"";
                var text = WebUtility.HtmlEncode(WebUtility.HtmlDecode(inside.Trim('\n')));
                return $"<pre><code{type}>{text}</code></pre>";
            default:
                return ToCode(name, match.Value);
        }
    }

    private string ReplaceSingle(Match match)
    {
        var name = match.Groups["name"].Value;
        var parameters = new TagParameters(match.Groups["parameters"].Value);
        var address = parameters.Find("src", "mp3", "m4a", "ogg", "wav", "mp4", "webm", "ogv", "m4v");
        return name switch
        {
            "gallery" or "playlist" => Gallery(parameters),
            "audio" when address is not null => $"<audio controls src=\"{WebUtility.HtmlEncode(address)}\"></audio>",
            "video" when address is not null => $"<video controls src=\"{WebUtility.HtmlEncode(address)}\"></video>",
            "youtube" or "vimeo" when parameters.Values is [var film, ..] => Embed(film),
            _ => ToCode(name, match.Value),
        };
    }

    private string Gallery(TagParameters parameters)
    {
        var ids = parameters.Find("ids", "include")?.Split(',', StringSplitOptions.TrimEntries) ?? [.. attached];
        var pictures = new StringBuilder("<figure>");
        foreach (var id in ids)
        {
            if (findAttachment(id) is var (address, words))
            {
                pictures.Append(
                    $"<img src=\"{WebUtility.HtmlEncode(address)}\" alt=\"{WebUtility.HtmlEncode(words)}\">"
                );
            }
            else
            {
                post.Note($"the picture {id} of a gallery is not in the export, and is left out.");
            }
        }

        return pictures.Append("</figure>").ToString();
    }

    /// <summary>A film in a frame, or a link.</summary>
    public static string Embed(string address)
    {
        var film = Film().Match(WebUtility.HtmlDecode(address));
        var encoded = WebUtility.HtmlEncode(WebUtility.HtmlDecode(address));
        return film.Groups["youtube"].Success
                ? $"<iframe src=\"https://www.youtube-nocookie.com/embed/{film.Groups["youtube"].Value}\" "
                    + "title=\"YouTube\" allowfullscreen></iframe>"
            : film.Groups["vimeo"].Success
                ? $"<iframe src=\"https://player.vimeo.com/video/{film.Groups["vimeo"].Value}\" title=\"Vimeo\" "
                    + "allowfullscreen></iframe>"
            : $"<p><a href=\"{encoded}\">{encoded}</a></p>";
    }

    private string ToCode(string name, string source)
    {
        post.Note($"the shortcode [{name}] cannot be translated, and is shown as code.");
        var code = WebUtility.HtmlEncode(source).Replace("[", "&#91;", StringComparison.Ordinal);
        return source.Contains('\n', StringComparison.Ordinal)
            ? $"<pre><code>{code}</code></pre>"
            : $"<code>{code}</code>";
    }

    [GeneratedRegex(
        @"\[(?<name>[a-z][a-z0-9_-]*)(?<parameters>(?:\s[^\[\]]*)?)\](?<inside>[^\[]*)\[/\k<name>\]",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex WithEnd();

    /// <summary>
    /// One without an end: a known name, or one with a parameter, as prose has words in brackets too.
    /// </summary>
    [GeneratedRegex(
        @"\[(?<name>gallery|playlist|audio|video|[a-z][a-z0-9_-]*(?=\s[^\[\]]*[=]))(?<parameters>"
            + @"(?:\s[^\[\]]*)?)/?\](?!\()",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Single();

    [GeneratedRegex(@"^\s*(?:<a\b[^<>]*>\s*<img\b[^<>]*>\s*</a>|<img\b[^<>]*>)", RegexOptions.IgnoreCase)]
    private static partial Regex Picture();

    [GeneratedRegex(
        @"(?:youtube\.com/(?:watch\?(?:[^#\s]*&)?v=|embed/|shorts/)|youtu\.be/)(?<youtube>[\w-]{6,20})|"
            + @"vimeo\.com/(?:video/)?(?<vimeo>[0-9]{4,12})"
    )]
    private static partial Regex Film();
}
