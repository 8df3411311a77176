using System.Text;
using Azure;
using ServerlessBlog.Hosting;
using ServerlessBlog.Media;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Markdown.Html;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Caching;

namespace ServerlessBlog.Web.Layout;

/// <summary>What all pages have in common, made once for each state of the site: the menu, the owner's look and words, the policy.</summary>
public sealed class SiteLayoutProvider(
    SiteTable site,
    PostLists lists,
    ThemeFiles theme,
    ContentPolicy policy,
    BlogSettings settings,
    BuiltInAssets assets
)
{
    private const int MaxMenu = 50;

    /// <summary>So many are looked at, whether they are in the menu or not: what one call answers.</summary>
    private const int MaxPages = 1_000;

    private readonly SingleFlight<Revision, SiteAssets> _making = new();
    private volatile Known? _known;

    private sealed record Known(Revision Revision, SiteAssets Surroundings);

    /// <summary>For pages that must not ask storage: the last that was made here, or one without menu and theme.</summary>
    public SiteLayout Last => _known?.Surroundings.Layout ?? Plain().Layout;

    /// <summary>For a page that is rendered now: of the site's revision as it is, or a later one.</summary>
    /// <exception cref="RequestFailedException">Storage does not answer.</exception>
    public async ValueTask<SiteAssets> CurrentAsync(CancellationToken cancellationToken)
    {
        var revision = await site.CurrentAsync();
        return _known is { } known && known.Revision == revision
            ? known.Surroundings
            : await _making.GetAsync(revision, MakeAsync, cancellationToken);
    }

    private async Task<SiteAssets> MakeAsync(Revision revision)
    {
        var (pages, head, texts) = (
            lists.PagesAsync(MaxPages, CancellationToken.None),
            theme.HeadAsync(CancellationToken.None),
            theme.TextsAsync(CancellationToken.None)
        );
        var style = await theme.StyleAsync(CancellationToken.None);
        var menu = (await pages)
            .Where(page => page.InMenu)
            .Take(MaxMenu)
            .Select(page => new LinkView(page.Title, page.Path.Link));
        var made = Make(
            [.. menu],
            await head,
            style,
            await texts is { } own ? TextOverrides.Read(own).Texts : SiteTexts.BuiltIn,
            revision.Time
        );
        _known = new Known(revision, made);
        return made;
    }

    private SiteAssets Plain() => Make([], null, null, SiteTexts.BuiltIn, DateTimeOffset.UnixEpoch);

    private SiteAssets Make(
        IReadOnlyList<LinkView> menu,
        string? head,
        string? ownStyle,
        SiteTexts texts,
        DateTimeOffset modified
    )
    {
        var style = EncodedPage.Encode(
            new RenderedPage(Encoding.UTF8.GetBytes(assets.Style + ownStyle), null),
            modified
        );
        var script = EncodedPage.Encode(
            new RenderedPage(Encoding.UTF8.GetBytes(assets.ScriptIn(texts)), null),
            modified
        );
        var header = policy.ToHeader(head is null ? [] : HeadScriptHashes.ScriptHashes(head));
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
        };
        return new SiteAssets(site, style, script);
    }
}
