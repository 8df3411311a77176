using Azure;
using ServerlessBlog.Media;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Markdown.Html;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Posts.Theme;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Cards;
using ServerlessBlog.Web.Content;
using ServerlessBlog.Web.Icons;

namespace ServerlessBlog.Web.Layout;

/// <summary>
/// Builds the layout that all pages share, once per revision of the site: the menu, the owner's theme and texts, the
/// Content-Security-Policy.
/// </summary>
public sealed class SiteLayoutProvider(
    SiteTable site,
    PostLists lists,
    ThemeFiles theme,
    SiteTextsProvider words,
    PictureResolver pictures,
    SiteIcons icons,
    ContentPolicy policy,
    BlogSettings settings,
    BuiltInAssets assets
) : IDisposable
{
    /// <summary>The maximum number of links in the menu.</summary>
    private const int MaxMenu = 50;

    /// <summary>
    /// The maximum number of static pages read to find those in the menu: one query result (Azure Tables return at most
    /// 1,000 entities).
    /// </summary>
    private const int MaxPages = 1_000;

    private readonly EncodedPage _plainStyle = Encode(assets.Style, DateTimeOffset.UnixEpoch);

    /// <summary>
    /// The maximum number of authors read to find whether there is more than one: the first author of the blog may
    /// count twice, by name and as that of posts that name none.
    /// </summary>
    private const int MaxAuthors = 3;

    private readonly BoundedCache<Revision, SiteAssets> _builds = new(CacheLimits.Layouts);
    private volatile SiteAssets? _last;

    /// <summary>
    /// The layout for pages that must not call storage: the last one built here, or one without menu and theme.
    /// </summary>
    public SiteLayout LastKnown => _last?.Layout ?? BuildDefault().Layout;

    /// <summary>The layout and assets for a page that is rendered now, of the site's current revision.</summary>
    /// <exception cref="RequestFailedException">Storage refused or did not respond.</exception>
    public async ValueTask<SiteAssets> CurrentAsync(CancellationToken cancellationToken) =>
        await _builds.GetOrCreateAsync(await site.GetRevisionAsync(), BuildAsync, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _builds.Dispose();

    private async Task<SiteAssets> BuildAsync(Revision revision)
    {
        var (head, style) = (
            theme.ReadAsync(ThemeFiles.HeadFile, CancellationToken.None),
            theme.ReadAsync(ThemeFiles.StyleFile, CancellationToken.None)
        );
        var reading = words.ReadAsync();
        var authors = lists.ReadAuthorsAsync(MaxAuthors, CancellationToken.None);
        var pages = await lists.ReadStaticPagesAsync(MaxPages, CancellationToken.None);
        var menu = pages.Where(page => page.InMenu).Take(MaxMenu);
        var (profile, texts) = await reading;
        var built = Build(
            [.. menu.Select(page => new LinkView(page.Title, page.Path.Link))],
            await head,
            await style,
            texts,
            profile,
            revision.Time
        );
        var names = (await authors).Select(name => Author.Parse(name ?? settings.DefaultAuthor)).Distinct();
        return _last = built with
        {
            Layout = built.Layout with
            {
                HasAuthorPages = names.Count() > 1,
                SendsMail = settings.SendsMail,
                Logo = await FindLogoAsync(profile.Logo),
                IconVersion = await icons.FindVersionAsync(profile, CancellationToken.None),
            },
        };
    }

    private async Task<LogoView?> FindLogoAsync(SiteLogo? logo)
    {
        if (logo is null)
        {
            return null;
        }

        var found = await pictures.FindAsync([logo.Address], CancellationToken.None);
        return found.GetValueOrDefault(logo.Address) is { } picture
            ? new LogoView(picture.Address, picture.Width, picture.Height, picture.Sources, logo.ReplacesTitle)
            : new LogoView(logo.Address, null, null, null, logo.ReplacesTitle);
    }

    private SiteAssets BuildDefault() =>
        Build([], null, null, SiteTexts.BuiltIn, SiteProfile.Default, DateTimeOffset.UnixEpoch);

    private SiteAssets Build(
        IReadOnlyList<LinkView> menu,
        string? head,
        string? ownStyle,
        SiteTexts texts,
        SiteProfile profile,
        DateTimeOffset modified
    )
    {
        var style = Encode(assets.Style + AccentStyle(profile) + ownStyle, modified);
        var script = Encode(assets.ScriptWith(texts), modified);
        var adminScript = Encode(assets.AdminScriptWith(texts), modified);
        var header = policy.ToHeader([
            BuiltInAssets.SchemeScriptHash,
            .. head is null ? [] : HeadScriptHashes.Compute(head),
        ]);
        var site = new SiteLayout(
            settings.Title,
            settings.BaseUrl,
            $"/style.css?v={style.Tag}",
            $"/blog.js?v={script.Tag}",
            menu,
            head,
            header
        )
        {
            Texts = texts,
            Profile = profile,
            Card = SocialCards.ToPreview(settings.BaseUrl, SocialCards.Site, SocialCards.ForSite(settings, profile)),
            AdminScriptAddress = $"{AdminPaths.Script}?v={adminScript.Tag}",
            AdminStyleAddress = $"/style.css?theme=none&v={_plainStyle.Tag}",
        };
        return new SiteAssets(site, style, _plainStyle, script, adminScript);
    }

    /// <summary>The rule that sets the owner's colour of links and buttons; empty when there is none.</summary>
    internal static string AccentStyle(SiteProfile profile)
    {
        var light = profile.LightAccent is { } own ? $" --accent-light: {own};" : "";
        var dark = profile.DarkAccent is { } ownDark ? $" --accent-dark: {ownDark};" : "";
        return light.Length + dark.Length > 0 ? $":root {{{light}{dark} }}\n" : "";
    }

    private static EncodedPage Encode(string text, DateTimeOffset modified) =>
        EncodedPage.Encode(new RenderedPage(Encoding.UTF8.GetBytes(text), Policy: null), modified);
}

/// <summary>The layout and the assets of one revision of the site.</summary>
/// <param name="Layout">The parts of the layout that are the same on every page.</param>
/// <param name="Style">The stylesheet: the built-in one, then the owner's.</param>
/// <param name="PlainStyle">The built-in stylesheet alone, for the admin area.</param>
/// <param name="Script">The script, with the texts of the blog filled in.</param>
/// <param name="AdminScript">The script of the admin area, with the texts of the blog filled in.</param>
public sealed record SiteAssets(
    SiteLayout Layout,
    EncodedPage Style,
    EncodedPage PlainStyle,
    EncodedPage Script,
    EncodedPage AdminScript
);
