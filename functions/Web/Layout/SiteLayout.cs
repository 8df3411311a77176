using ServerlessBlog.Posts.Theme;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Icons;

namespace ServerlessBlog.Web.Layout;

/// <summary>The parts of the layout that are the same on every page.</summary>
/// <remarks>
/// View models hold finished texts and addresses, no rules. Razor encodes every string except those whose names end in
/// Html: they are written as they are, and must be safe already.
/// </remarks>
/// <param name="BlogTitle">The title of the blog.</param>
/// <param name="BaseUrl">
/// The absolute address of the blog without a trailing slash; used for canonical links only.
/// </param>
/// <param name="StyleAddress">The address of the stylesheet with its hash, for example <c>/style.css?v=abc</c>.</param>
/// <param name="ScriptAddress">The address of the script with its hash; only some pages load it.</param>
/// <param name="Menu">Links to static pages; may be empty.</param>
/// <param name="HeadHtml">
/// The owner's addition to the head of every page; null for none. Trusted: written without encoding.
/// </param>
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
    /// <summary>The texts of the interface, in the language of the blog.</summary>
    public SiteTexts Texts { get; init; } = SiteTexts.BuiltIn;

    /// <summary>True when the blog sends mail, so that each page has the form for new posts.</summary>
    public bool SendsMail { get; init; }

    /// <summary>True when posts of more than one author are public, so that each has a page of their posts.</summary>
    public bool HasAuthorPages { get; init; }

    /// <summary>What the owner says about the blog.</summary>
    public SiteProfile Profile { get; init; } = SiteProfile.Default;

    /// <summary>The picture beside or instead of the title; null for none.</summary>
    public LogoView? Logo { get; init; }

    /// <summary>The picture for link previews of pages that have none; null for none.</summary>
    public PreviewPicture? Card { get; init; }

    /// <summary>The version in the addresses of the icons.</summary>
    public string IconVersion { get; init; } = SiteIcons.BuiltInVersion;

    /// <summary>The address of the stylesheet without the owner's theme, with its hash.</summary>
    public string AdminStyleAddress { get; init; } = StyleAddress;

    /// <summary>The address of the script of the admin area, with its hash.</summary>
    public string AdminScriptAddress { get; init; } = ScriptAddress;

    /// <summary>The writing direction of <see cref="Texts"/>: "ltr" or "rtl".</summary>
    public string Direction => LanguageTag.IsRightToLeft(Texts.Language) ? "rtl" : "ltr";

    /// <summary>
    /// The layout of a page whose address carries a right, such as a signed link: without the owner's addition to the
    /// head, whose scripts may send the address to others.
    /// </summary>
    public SiteLayout ForPrivatePages => this with { HeadHtml = null };

    /// <summary>
    /// The layout of pages for moderators: without menu and theme, and with the script of the admin area.
    /// </summary>
    public SiteLayout ForAdmin =>
        this with
        {
            HeadHtml = null,
            Menu = [],
            ScriptAddress = AdminScriptAddress,
            StyleAddress = AdminStyleAddress,
            Profile = SiteProfile.Default,
            Logo = null,
        };
}

/// <summary>The picture beside or instead of the blog's title.</summary>
/// <param name="Address">The address of the picture.</param>
/// <param name="Width">The width in pixels; null when it is not known.</param>
/// <param name="Height">The height in pixels; null when it is not known.</param>
/// <param name="Sources">The picture in other widths, as a <c>srcset</c> value; null for none.</param>
/// <param name="ReplacesTitle">True when it has the place of the title.</param>
public sealed record LogoView(string Address, int? Width, int? Height, string? Sources, bool ReplacesTitle)
{
    /// <summary>The <c>sizes</c> value: a logo is small; null without <see cref="Sources"/>.</summary>
    public string? Sizes => Sources is null ? null : "12rem";
}
