using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Feeds;

/// <summary>Renders <c>security.txt</c> (RFC 9116).</summary>
public sealed class SecurityContactRenderer(SiteLayoutProvider layouts, BlogSettings settings)
{
    /// <summary>The path, from RFC 9116, section 3.</summary>
    public const string Link = "/.well-known/security.txt";

    /// <summary>The file; null without a contact in <c>theme/site.yml</c>.</summary>
    /// <param name="expires">The day from which the file must not be used; begins at 00:00 UTC.</param>
    /// <param name="cancellationToken">Cancels the rendering.</param>
    public async Task<RenderedPage?> RenderAsync(DateOnly expires, CancellationToken cancellationToken)
    {
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout;
        return site.Profile.SecurityContact is { } contact
            ? new RenderedPage(
                Encoding.UTF8.GetBytes(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"""
                        Contact: {contact}
                        Expires: {expires:yyyy-MM-dd}T00:00:00Z
                        Preferred-Languages: {site.Texts.Language}
                        Canonical: {settings.BaseUrl}{Link}

                        """
                    )
                ),
                Policy: null
            )
            : null;
    }
}
