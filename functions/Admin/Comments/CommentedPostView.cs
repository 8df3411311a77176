namespace ServerlessBlog.Admin.Comments;

/// <summary>The post whose comments alone are listed.</summary>
/// <param name="Id">What the address says.</param>
/// <param name="Title">Its title.</param>
public sealed record CommentedPostView(string Id, string Title);
