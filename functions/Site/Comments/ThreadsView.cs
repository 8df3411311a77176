using ServerlessBlog.Texts;

namespace ServerlessBlog.Site.Comments;

/// <summary>View of comments on one level of a thread, each with its replies.</summary>
/// <param name="Comments">Comments in display order.</param>
/// <param name="Text">Interface texts of the blog.</param>
public sealed record ThreadsView(IReadOnlyList<CommentView> Comments, SiteTexts Text);
