using ServerlessBlog.Web.Caching;

namespace ServerlessBlog.Web.Layout;

/// <summary>What all pages of one state of the site have in common.</summary>
/// <param name="Layout">What every page's frame shows.</param>
/// <param name="Style">The one stylesheet: the blog's, then the owner's.</param>
/// <param name="Script">The script that pages do without as well, with the blog's own words in it.</param>
public sealed record SiteAssets(SiteLayout Layout, EncodedPage Style, EncodedPage Script);
