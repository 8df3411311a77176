using ServerlessBlog.Media;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Posts.Theme;

/// <summary>
/// Reads the owner's words: the texts of the interface and what <c>theme/site.yml</c> says. Mails and reasons of
/// moderation have the same texts as pages.
/// </summary>
public sealed class SiteTextsProvider(SiteTable site, ThemeFiles theme) : IDisposable
{
    private readonly BoundedCache<Revision, SiteTexts> _texts = new(CacheLimits.Layouts);

    /// <summary>The texts of the site's current revision; from memory unless the revision is new here.</summary>
    public async ValueTask<SiteTexts> CurrentAsync(CancellationToken cancellationToken) =>
        await _texts.GetOrCreateAsync(
            await site.GetRevisionAsync(),
            async _ => (await ReadAsync()).Texts,
            cancellationToken
        );

    /// <summary>Reads both files; without them, the built-in texts and an empty profile.</summary>
    public Task<(SiteProfile Profile, SiteTexts Texts)> ReadAsync() => ReadAsync(theme);

    /// <summary>As the other method, from a theme that may not be that of the blog.</summary>
    public static async Task<(SiteProfile Profile, SiteTexts Texts)> ReadAsync(IThemeLookup theme)
    {
        var texts = theme.ReadAsync(ThemeFiles.TextsFile, CancellationToken.None);
        var profile = await theme.ReadAsync(ThemeFiles.SiteFile, CancellationToken.None) is { } own
            ? SiteProfileReader.Read(own).Profile
            : SiteProfile.Default;
        return (profile, TextOverrides.Read(await texts ?? "{}", profile.Language).Texts);
    }

    /// <inheritdoc/>
    public void Dispose() => _texts.Dispose();
}
