using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Posts;

/// <summary>The series that a post is a part of.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Number">Which part this is, from 1.</param>
/// <param name="Parts">All parts in their order.</param>
public sealed record SeriesView(string Name, int Number, IReadOnlyList<LinkView> Parts);
