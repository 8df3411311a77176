using ServerlessBlog.Media;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Theme;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Web.Cards;

/// <summary>
/// The cards of pages without a picture of their own. Their addresses have their versions, so that they never change.
/// </summary>
public static class SocialCards
{
    /// <summary>What stands in the address in the place of a post's id: the card of lists.</summary>
    public const string Site = "site";

    private const string Extension = ".png";

    /// <summary>The accent colour of the built-in stylesheet in the light scheme.</summary>
    internal const int BuiltInAccent = 0x96301E;

    /// <summary>The card of the home page and of lists.</summary>
    public static SocialCard ForSite(BlogSettings settings, SiteProfile profile) =>
        new(settings.Title, profile.Tagline ?? new Uri(settings.BaseUrl).Host, AccentOf(profile));

    /// <summary>The card of a post or static page.</summary>
    public static SocialCard ForPost(Post post, BlogSettings settings, SiteProfile profile) =>
        new(post.Metadata.Title, settings.Title, AccentOf(profile));

    /// <summary>The path of a card.</summary>
    /// <param name="page">The id of the post, or <see cref="Site"/>.</param>
    /// <param name="card">The card.</param>
    public static string LinkTo(string page, SocialCard card) => $"/social-cards/{page}/{card.Version}{Extension}";

    /// <summary>A card as a page's metadata names it.</summary>
    /// <param name="baseUrl">Base address of the blog, without a trailing slash.</param>
    /// <param name="page">The id of the post, or <see cref="Site"/>.</param>
    /// <param name="card">The card.</param>
    public static PreviewPicture ToPreview(string baseUrl, string page, SocialCard card) =>
        new(baseUrl + LinkTo(page, card), card.Title, SocialCard.Width, SocialCard.Height, SocialCard.ContentType);

    private static int AccentOf(SiteProfile profile) => profile.LightAccent?.Rgb ?? BuiltInAccent;
}
