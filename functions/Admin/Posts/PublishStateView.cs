using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Posts;

/// <summary>State of publishing of a saved file.</summary>
/// <param name="Sentence">State as a sentence.</param>
/// <param name="Lines">Further lines of the report, one sentence each.</param>
/// <param name="Link">Link to the post or, while it is being published, to this page again; null for none.</param>
public sealed record PublishStateView(string Sentence, IReadOnlyList<string> Lines, LinkView? Link);
