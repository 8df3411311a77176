using ServerlessBlog.Texts;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Lists;

/// <summary>View of the archive or of one of its years.</summary>
/// <param name="Site">Layout data that every page shows.</param>
/// <param name="Title">Heading.</param>
/// <param name="Path">Path of the page.</param>
/// <param name="Years">Years, newest first; empty on a blog without posts.</param>
public sealed record ArchiveView(SiteLayout Site, string Title, string Path, IReadOnlyList<ArchivedYear> Years);

/// <summary>A year of an <see cref="ArchiveView"/>.</summary>
/// <param name="Link">Link to the page of the year.</param>
/// <param name="Count">Number of posts, at least 1.</param>
/// <param name="Months">Months with posts, newest first.</param>
public sealed record ArchivedYear(LinkView Link, int Count, IReadOnlyList<ArchivedMonth> Months);

/// <summary>A month of an <see cref="ArchivedYear"/>.</summary>
/// <param name="Link">Link to the list of its posts.</param>
/// <param name="Count">Number of posts, at least 1.</param>
/// <param name="Posts">Its posts, newest first; empty when the page has no room for their titles.</param>
public sealed record ArchivedMonth(LinkView Link, int Count, IReadOnlyList<ArchivedPost> Posts);

/// <summary>A post of an <see cref="ArchivedMonth"/>.</summary>
/// <param name="Link">Title and path.</param>
/// <param name="Date">Date of the post, in the blog's time zone.</param>
/// <param name="Language">A BCP 47 tag; null for the blog's language.</param>
public sealed record ArchivedPost(LinkView Link, DateTimeOffset Date, string? Language);

/// <summary>View of the months of a year.</summary>
/// <param name="Months">Months with posts, newest first.</param>
/// <param name="HeadingLevel">Level of their headings: 3 below that of a year, else 2.</param>
/// <param name="Text">Interface texts of the blog.</param>
public sealed record ArchivedMonths(IReadOnlyList<ArchivedMonth> Months, int HeadingLevel, SiteTexts Text);
