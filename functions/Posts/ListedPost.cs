namespace ServerlessBlog.Posts;

/// <summary>What lists show of a public post.</summary>
/// <param name="Id">What it is known by.</param>
/// <param name="Slug">Its name in the address.</param>
/// <param name="Title">Its title.</param>
/// <param name="Date">When it was published.</param>
/// <param name="Author">Null: the blog's first author.</param>
/// <param name="Summary">Null when not given.</param>
/// <param name="Tags">In the author's order.</param>
public sealed record ListedPost(PostId Id, Slug Slug, string Title, DateTimeOffset Date, string? Author, string? Summary, IReadOnlyList<string> Tags);
