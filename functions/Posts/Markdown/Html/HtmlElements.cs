using System.Net;

namespace ServerlessBlog.Posts.Markdown.Html;

/// <summary>
/// The kinds of elements that matter when HTML is left open (https://html.spec.whatwg.org/multipage/parsing.html).
/// Names are compared without case.
/// </summary>
internal static partial class HtmlElements
{
    /// <summary>Elements without content and end tag.</summary>
    public static readonly HashSet<string> Void = Names(
        "area base br col embed hr img input link meta param source track wbr keygen frame"
    );

    /// <summary>Elements whose end tag may be left out.</summary>
    public static readonly HashSet<string> Optional = Names(
        "p li dt dd option optgroup rb rt rtc rp thead tbody tfoot tr td th colgroup caption html head body frameset"
    );

    /// <summary>Elements whose content is text up to their end tag.</summary>
    public static readonly HashSet<string> RawText = Names(
        "script style textarea title iframe noscript xmp noembed noframes"
    );

    /// <summary>Elements that a browser opens anew in the next paragraph when they are left open.</summary>
    public static readonly HashSet<string> Formatting = Names("a b big code em font i nobr s small strike strong tt u");

    /// <summary>Returns HTML in which tags of <c>plaintext</c> are text: no end tag could close that element.</summary>
    public static string WithoutPlaintext(string html) => Plaintext().Replace(html, tag => "&lt;" + tag.Value[1..]);

    /// <summary>Reads the addresses in a tag's attributes href, src and poster, decoded.</summary>
    public static IEnumerable<PostReference> ReadReferences(string tag, string name, int line, int column) =>
        Address()
            .Matches(tag)
            .Select(match => WebUtility.HtmlDecode(match.Groups["value"].Value.Trim('"', '\'')).Trim())
            .Select(address => new PostReference(
                address,
                line,
                column,
                name is "img" or "source" or "video" or "audio"
            ));

    private static HashSet<string> Names(string names) => names.Split(' ').ToHashSet(StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex("</?plaintext", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Plaintext();

    [GeneratedRegex(
        """\s(?:href|src|poster)\s*=\s*(?<value>"[^"]*"|'[^']*'|[^\s"'>]+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Address();
}
