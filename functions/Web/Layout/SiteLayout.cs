using ServerlessBlog.Texts;

namespace ServerlessBlog.Web.Layout;

/// <summary>What the layout shows on every page.</summary>
/// <remarks>
/// Views hold finished words and addresses, no rules. Razor encodes every string, except those whose names end in Html:
/// they are written as they are, and must be safe already.
/// </remarks>
/// <param name="BlogTitle">The name of the blog.</param>
/// <param name="BaseUrl">Absolute, without a slash at the end; used for canonical links only.</param>
/// <param name="StyleAddress">Where the one stylesheet is, for example <c>/style.css?v=abc</c>.</param>
/// <param name="ScriptAddress">Where the script is that some pages have and none needs.</param>
/// <param name="Menu">Links to static pages; may be empty.</param>
/// <param name="HeadHtml">What the owner adds to every page's head; null for nothing. Trusted: written as it is.</param>
/// <param name="Policy">The Content-Security-Policy of every page.</param>
public sealed record SiteLayout(
    string BlogTitle,
    string BaseUrl,
    string StyleAddress,
    string ScriptAddress,
    IReadOnlyList<LinkView> Menu,
    string? HeadHtml,
    string Policy
)
{
    /// <summary>The blog's own words.</summary>
    public SiteTexts Texts { get; init; } = SiteTexts.BuiltIn;

    /// <summary>In which direction those are read: "ltr" or "rtl".</summary>
    public string Direction => LanguageTag.IsRightToLeft(Texts.Language) ? "rtl" : "ltr";

    /// <summary>For a page whose address carries a right: what the owner adds may hold a script that tells others where it ran.</summary>
    public SiteLayout Private => this with { HeadHtml = null };

    /// <summary>For moderators, whose pages are in English throughout.</summary>
    public SiteLayout ForAdmin => this with { HeadHtml = null, Texts = SiteTexts.BuiltIn };
}
