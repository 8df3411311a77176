using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Lists;

/// <summary>View of the index of all tags.</summary>
/// <param name="Site">Layout data that every page shows.</param>
/// <param name="Tags">Links to the lists of their posts, with the number of posts in each; may be empty.</param>
public sealed record TagIndexView(SiteLayout Site, IReadOnlyList<(LinkView Link, int Count)> Tags);
