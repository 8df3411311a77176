using ServerlessBlog.Texts;

namespace ServerlessBlog.Site.Comments;

/// <summary>Comments beside one another, each with those that answer it.</summary>
/// <param name="Comments">In the order to show.</param>
/// <param name="Text">The blog's own words.</param>
public sealed record ThreadsView(IReadOnlyList<CommentView> Comments, SiteTexts Text);
