using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Posts;

/// <summary>What has become of an author's file.</summary>
/// <param name="Sentence">In words.</param>
/// <param name="Lines">More, one sentence each.</param>
/// <param name="Link">Where to go for more: the post, or this page again; null for nowhere.</param>
public sealed record PublishStateView(string Sentence, IReadOnlyList<string> Lines, LinkView? Link);
