namespace ServerlessBlog.Posts.Storage;

/// <summary>The next date that changes a post, see <see cref="Post.Due"/>.</summary>
/// <param name="Post">The post.</param>
/// <param name="Source">The name of its file.</param>
/// <param name="Due">The date.</param>
/// <param name="HasMessage">Whether a queue message was sent that arrives then.</param>
public sealed record DueDate(PostId Post, string Source, DateTimeOffset Due, bool HasMessage);
