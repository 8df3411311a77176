using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Lists;

/// <summary>Some of the links of an <see cref="IndexView"/>.</summary>
/// <param name="Heading">Such as a year; null for none.</param>
/// <param name="Links">A link each, with how many posts there are behind it.</param>
public sealed record IndexGroup(LinkView? Heading, IReadOnlyList<(LinkView Link, int Count)> Links);
